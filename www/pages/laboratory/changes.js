// Changes to the question's Nengo network: the four that repair it, and others that a reader may try.

/** @import { Plan, Rule, Value } from './types.js' */

import { planOf } from './plan.js';

/** The question's network as it was posted. */
export const AS_POSTED = planOf('nengo_seed');

/**
 * @typedef {object} Change
 * @property {string} id
 * @property {string} name
 * @property {string} code the change as Nengo code, or in words
 * @property {Record<string, Value>} [overrides]
 * @property {Rule} [readout]
 * @property {number} [steps]
 */

/** The changes that repair the network, in the order of the walkthrough. @type {readonly Change[]} */
export const FIXES = [
  { id: 'decode', name: 'Count the spikes', code: 'not the steps in which probe > 0', readout: 'count' },
  {
    id: 'input',
    name: 'Input amplitude',
    code: 'PoissonSpiking(amplitude=1/25500)',
    overrides: { input_amplitude: 1 / 25500 },
  },
  { id: 'hidden', name: 'Hidden amplitude', code: 'LIF(amplitude=0.005)', overrides: { hidden_amplitude: 0.005 } },
  { id: 'bias', name: 'No bias', code: 'bias=Choice([0])', overrides: { bias: 0 } },
];

/** Changes that do not repair it. @type {readonly Change[]} */
const OTHERS = [
  { id: 'gain', name: 'Gain of 1', code: 'gain=Choice([1])', overrides: { gain: 1 } },
  { id: 'scale', name: 'Pixels from 0 to 1', code: 'image / 255', overrides: { input_scale: 1 } },
  {
    id: 'neuron',
    name: 'Neurons without leak or limit',
    code: 'SpikingRectifiedLinear()',
    overrides: { neuron_type: 'SpikingRectifiedLinear' },
  },
  { id: 'refractory', name: 'No refractory period', code: 'LIF(tau_ref=0)', overrides: { tau_ref: 0 } },
  { id: 'steps', name: 'Longer presentation', code: '1,000 steps', steps: 1000 },
  {
    id: 'poisson',
    name: 'No randomness in the input',
    code: 'regular spikes, not Poisson',
    overrides: { input: 'regular' },
  },
  { id: 'voltage', name: 'Start at rest', code: 'initial voltage 0', overrides: { initial_voltage: 'zero' } },
  { id: 'reset', name: 'No reset between images', code: 'the state is kept', overrides: { stateful: true } },
  {
    id: 'transpose',
    name: 'Weights not transposed',
    code: 'w.reshape(n, m), not w.T',
    overrides: { transform: 'reshape' },
  },
];

export const CHANGES = [...FIXES, ...OTHERS];

/**
 * The question's network with some changes.
 * @param {readonly Change[]} changes
 * @returns {Plan}
 */
export function withChanges(changes) {
  return {
    ...AS_POSTED,
    overrides: Object.assign({}, ...changes.map(({ overrides }) => overrides)),
    readout: changes.find(({ readout }) => readout)?.readout ?? AS_POSTED.readout,
    steps: changes.find(({ steps }) => steps)?.steps ?? AS_POSTED.steps,
  };
}

/**
 * Only this change. The spikes are counted, because the posted readout would hide what the change does.
 * @param {Change} change
 */
export function withOnly(change) {
  return withChanges(change.id === 'decode' ? [change] : [FIXES[0], change]);
}

/**
 * For a fix, the fixes up to it; for another change, all fixes and this change.
 * @param {Change} change
 */
export function withFixes(change) {
  const place = FIXES.indexOf(change);
  return withChanges(place < 0 ? [...FIXES, change] : FIXES.slice(0, place + 1));
}
