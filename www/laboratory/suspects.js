// What may be at fault in the question's Nengo network, each as one change to it.

/** @import { Plan, Rule, Value } from './types.js' */

import { planOf } from './plan.js';

/** The question's network as pasted. */
export const PASTED = planOf('nengo_seed');

/**
 * @typedef {object} Suspect
 * @property {string} id
 * @property {string} name
 * @property {string} change in Nengo's own words
 * @property {Record<string, Value>} [overrides]
 * @property {Rule} [readout]
 * @property {number} [steps]
 */

/** Those that mend it, in the order of the walk. @type {readonly Suspect[]} */
export const CHAIN = [
  { id: 'decode', name: 'Count the spikes', change: 'not the steps in which probe > 0', readout: 'count' },
  {
    id: 'input',
    name: 'Input amplitude',
    change: 'PoissonSpiking(amplitude=1/25500)',
    overrides: { input_amplitude: 1 / 25500 },
  },
  { id: 'hidden', name: 'Hidden amplitude', change: 'LIF(amplitude=0.005)', overrides: { hidden_amplitude: 0.005 } },
  { id: 'bias', name: 'No bias', change: 'bias=Choice([0])', overrides: { bias: 0 } },
];

/** Those that a reader of the question may suspect. @type {readonly Suspect[]} */
export const OTHERS = [
  { id: 'gain', name: 'Gain of 1', change: 'gain=Choice([1])', overrides: { gain: 1 } },
  { id: 'scale', name: 'Pixels from 0 to 1', change: 'image / 255', overrides: { input_scale: 1 } },
  {
    id: 'neuron',
    name: 'Neurons without leak or limit',
    change: 'SpikingRectifiedLinear()',
    overrides: { neuron_type: 'SpikingRectifiedLinear' },
  },
  { id: 'refractory', name: 'No refractory period', change: 'LIF(tau_ref=0)', overrides: { tau_ref: 0 } },
  { id: 'steps', name: 'Longer presentation', change: '1,000 steps', steps: 1000 },
  {
    id: 'poisson',
    name: 'No chance in the input',
    change: 'regular spikes, not Poisson',
    overrides: { input: 'regular' },
  },
  { id: 'voltage', name: 'Start at rest', change: 'initial voltage 0', overrides: { initial_voltage: 'zero' } },
  { id: 'reset', name: 'No reset between images', change: 'the state is carried over', overrides: { stateful: true } },
  {
    id: 'transpose',
    name: 'Weights not transposed',
    change: 'w.reshape(n, m), not w.T',
    overrides: { transform: 'reshape' },
  },
];

export const SUSPECTS = [...CHAIN, ...OTHERS];

/**
 * The question's network with some changes.
 * @param {readonly Suspect[]} changes
 * @returns {Plan}
 */
export function withChanges(changes) {
  return {
    ...PASTED,
    overrides: Object.assign({}, ...changes.map(({ overrides }) => overrides)),
    readout: changes.find(({ readout }) => readout)?.readout ?? PASTED.readout,
    steps: changes.find(({ steps }) => steps)?.steps ?? PASTED.steps,
  };
}

/**
 * One change alone; the spikes are counted, so that it is not hidden by how the answer is read.
 * @param {Suspect} suspect
 */
export function alone(suspect) {
  return withChanges(suspect.id === 'decode' ? [suspect] : [CHAIN[0], suspect]);
}

/**
 * A change at its place in the chain that mends the network; those that do not belong to it come at the chain's end.
 * @param {Suspect} suspect
 */
export function inChain(suspect) {
  const place = CHAIN.indexOf(suspect);
  return withChanges(place < 0 ? [...CHAIN, suspect] : CHAIN.slice(0, place + 1));
}
