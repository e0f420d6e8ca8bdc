// The first difference between two recordings, told: which neuron, which step, what each rule did, and why.

/** @import { Difference, Run } from './difference.js' */
/** @import { Facts } from './rules.js' */
/** @import { Dialect } from './types.js' */

import { make } from '../ui/dom.js';
import { lastSpike } from './difference.js';
import { amount } from './figures.js';
import { factsOf } from './rules.js';

const TIMES = ['does not spike', 'spikes', 'spikes twice'];

/**
 * @param {object} pair
 * @param {readonly Dialect[]} pair.dialects
 * @param {readonly [Run, Run]} pair.runs
 * @param {Difference | null} pair.difference
 * @returns {HTMLElement[]}
 */
export function explain({ dialects, runs, difference }) {
  if (!difference) {
    const [a, b] = dialects.map(({ framework }) => framework);
    return [make('p', {}, `${a} and ${b} spike alike, to the last spike.`)];
  }
  const { step, layer, neuron, spikes } = difference;
  const name = `${layer === 1 ? 'hidden neuron' : 'output'} ${neuron}`;
  const facts = /** @type {Facts[]} */ (dialects.map(factsOf));
  const last = lastSpike(runs[0].layers[layer], neuron, step);
  return [
    make(
      'p',
      { class: 'first-difference' },
      make('strong', {}, `Step ${step}, ${name}: `),
      `${doing(dialects[0], spikes[0])}, ${doing(dialects[1], spikes[1])}.`,
    ),
    make(
      'dl',
      {},
      ...dialects.flatMap(({ framework, setting }, i) => [
        make('dt', {}, framework, ' ', make('span', { class: 'setting' }, setting)),
        make('dd', {}, `It ${facts[i].rule}. ${potential(runs[i], difference, facts[i])}`),
      ]),
    ),
    make('p', {}, reason(dialects, facts, { step, layer, last, spikes })),
  ];
}

/** @param {Dialect} dialect @param {number} spikes */
function doing({ framework }, spikes) {
  return `${framework} ${TIMES[spikes] ?? `spikes ${spikes} times`}`;
}

/**
 * What the neuron's membrane did in the step.
 * @param {Run} run
 * @param {Difference} difference
 * @param {Facts} facts
 */
function potential({ layers }, { step, layer, neuron }, { threshold }) {
  const { size, membranes } = layers[layer];
  const after = membranes[(step - 1) * size + neuron];
  const before = step > 1 ? `from ${potentialText(membranes[(step - 2) * size + neuron])} ` : '';
  return `The potential went ${before}to ${potentialText(after)}; the threshold is ${potentialText(threshold)}.`;
}

/** @param {number} value */
function potentialText(value) {
  return amount(value).replace('-', '−');
}

/**
 * The first of what may set two rules apart that was at work here.
 * @param {readonly Dialect[]} dialects
 * @param {readonly Facts[]} facts
 * @param {{ step: number, layer: number, last: number, spikes: readonly [number, number] }} where
 */
function reason(dialects, facts, { step, layer, last, spikes }) {
  const names = dialects.map(({ framework }) => framework);
  const late = facts.findIndex((fact) => fact.late);
  if (late >= 0 && !facts[1 - late].late) {
    const before = layer === 1 ? 'the input' : 'the hidden layer';
    return `${names[late]} passes spikes on one step later: what ${before} sends in step ${step} reaches this neuron in step ${step + 1}. In ${names[1 - late]} it is there in step ${step}.`;
  }
  const mute = spikes[0] < spikes[1] ? 0 : 1;
  if (last > 0 && step - last <= facts[mute].refractory) {
    return `It spiked in step ${last}, and ${names[mute]} lets a neuron take no input for ${facts[mute].refractory} steps after a spike.`;
  }
  if (Math.max(...spikes) > 1) {
    return `${names[1 - mute]} lets a neuron spike as often in a step as its potential holds the threshold; ${names[mute]} ${facts[mute].many ? 'does, too, but is driven less' : 'lets it spike once'}.`;
  }
  const ratio = facts[1 - mute].drive / facts[mute].drive;
  if (Math.abs(Math.log(ratio)) > 0.05) {
    return `The same spikes through the same weights push a membrane ${amount(ratio)} times as far in ${names[1 - mute]}: a unit of input adds ${amount(facts[1 - mute].drive)} thresholds in all, and ${amount(facts[mute].drive)} in ${names[mute]}.`;
  }
  if (last > 0 && facts[0].reset !== facts[1].reset) {
    return `It spiked in step ${last}. A spike resets ${facts[0].reset} in ${names[0]}, and ${facts[1].reset} in ${names[1]}.`;
  }
  if (Math.abs(facts[0].kept - facts[1].kept) > 1e-6) {
    return `A membrane keeps ${share(facts[0].kept)} of its potential from one step to the next in ${names[0]}, and ${share(facts[1].kept)} in ${names[1]}.`;
  }
  return 'Both hold the same potential and the same threshold up to the order in which the step’s parts are done.';
}

/** @param {number} value */
function share(value) {
  return `${(value * 100).toFixed(1)} %`;
}
