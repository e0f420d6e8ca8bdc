// Explains the first difference between two recordings: which neuron, in which step, and why.

/** @import { Difference, Run } from './difference.js' */
/** @import { Dialect, DialectFacts } from './types.js' */

import { make } from '../../ui/dom.js';
import { percent } from '../../ui/number-format.js';
import { lastSpike } from './difference.js';
import { threeDigits } from './number-format.js';
import { titlesOf } from './titles.js';

/** Two drives whose logarithms differ by no more than this are taken as equal. */
const DRIVES_DIFFER = 0.05;

/**
 * @param {object} pair
 * @param {readonly [Dialect, Dialect]} pair.dialects
 * @param {readonly [Run, Run]} pair.runs
 * @param {Difference | null} pair.difference
 * @returns {HTMLElement[]}
 */
export function explain({ dialects, runs, difference }) {
  const [a, b] = titlesOf(dialects);
  if (!difference) return [make('p', {}, `All spikes of ${a} and ${b} are the same.`)];
  const [ofA, ofB] = dialects.map(({ facts }) => facts);
  return [
    make(
      'p',
      { class: 'first-difference' },
      make('strong', {}, `Step ${difference.step}, ${nameOf(difference, runs[0])}: `),
      `${a} ${spikesText(difference.spikes[0])}, ${b} ${spikesText(difference.spikes[1])}.`,
    ),
    make(
      'dl',
      {},
      ...describeRule(dialects[0], ofA, runs[0], difference),
      ...describeRule(dialects[1], ofB, runs[1], difference),
    ),
    ...(ofA && ofB ? [make('p', {}, reasonOf(dialects, [ofA, ofB], runs[0], difference))] : []),
  ];
}

/**
 * @param {Difference} difference
 * @param {Run} run
 */
function nameOf({ layer, neuron }, { layers }) {
  if (layer === layers.length - 1) return `output ${neuron}`;
  return layers.length === 3 ? `hidden neuron ${neuron}` : `hidden layer ${layer}, neuron ${neuron}`;
}

/** @param {number} count spikes of a neuron in a step */
function spikesText(count) {
  return ['does not spike', 'spikes', 'spikes twice'][count] ?? `spikes ${count} times`;
}

/**
 * @param {Dialect} dialect
 * @param {DialectFacts | null} facts
 * @param {Run} run
 * @param {Difference} difference
 */
function describeRule({ framework, setting, source }, facts, run, difference) {
  const rule = facts ? `It ${facts.rule}.` : `Its update rule is that of ${source}.`;
  return [
    make('dt', {}, framework, ' ', make('span', { class: 'setting' }, setting)),
    make('dd', {}, `${rule} ${potentialText(run, difference)}${facts ? thresholdText(facts) : ''}.`),
  ];
}

/**
 * Says how the neuron's membrane potential changed in the step.
 * @param {Run} run
 * @param {Difference} difference
 */
function potentialText({ layers }, { step, layer, neuron }) {
  const { size, membranes } = layers[layer];
  const after = membranes[(step - 1) * size + neuron];
  const before = step > 1 ? `from ${threeDigits(membranes[(step - 2) * size + neuron])} ` : '';
  return `The potential went ${before}to ${threeDigits(after)}`;
}

/** @param {DialectFacts} facts */
function thresholdText({ threshold }) {
  return `; the threshold is ${threeDigits(threshold)}`;
}

/**
 * Says why the two rules differ here. There may be several causes; the text names the first that applies.
 * @param {readonly [Dialect, Dialect]} dialects
 * @param {readonly [DialectFacts, DialectFacts]} facts
 * @param {Run} run
 * @param {Difference} difference
 */
function reasonOf(dialects, facts, run, { step, layer, neuron, spikes }) {
  const names = titlesOf(dialects);
  const constant = dialects.findIndex(({ isConverted }) => isConverted);
  if (constant >= 0 && !dialects[1 - constant].isConverted) {
    return `${names[constant]} takes the picture itself: each pixel is a constant current of ink/255. In ${names[1 - constant]} a pixel spikes with that probability in each step.`;
  }
  const late = facts.findIndex(({ delayed }) => delayed);
  if (late >= 0 && !facts[1 - late].delayed) {
    const before = layer === 1 ? 'the input' : 'the layer before';
    return `${names[late]} passes spikes on one step later: what ${before} sends in step ${step} reaches this neuron in step ${step + 1}. In ${names[1 - late]} it arrives in step ${step}.`;
  }
  const less = spikes[0] < spikes[1] ? 0 : 1;
  const more = 1 - less;
  const last = lastSpike(run.layers[layer], neuron, step);
  if (last > 0 && step - last <= facts[less].refractory) {
    const { refractory } = facts[less];
    const steps = refractory === 1 ? 'step' : `${refractory} steps`;
    return `The neuron spiked in step ${last}. In ${names[less]} a neuron cannot spike in the ${steps} after a spike.`;
  }
  if (spikes[more] > 1) {
    const other = facts[less].manySpikes ? 'allows that too, but drives the neuron less' : 'allows one spike per step';
    return `${names[more]} lets a neuron spike several times in a step, once for each threshold in its potential; ${names[less]} ${other}.`;
  }
  const ratio = facts[more].drive / facts[less].drive;
  if (Math.abs(Math.log(ratio)) > DRIVES_DIFFER) {
    return `The same spikes and weights move a membrane ${threeDigits(ratio)} times as far in ${names[more]}: one unit of input adds ${threeDigits(facts[more].drive)} thresholds in all, and ${threeDigits(facts[less].drive)} in ${names[less]}.`;
  }
  if (last > 0 && facts[0].reset !== facts[1].reset) {
    return `The neuron spiked in step ${last}. A spike resets ${facts[0].reset} in ${names[0]}, and ${facts[1].reset} in ${names[1]}.`;
  }
  if (Math.abs(facts[0].kept - facts[1].kept) > 1e-6) {
    return `A membrane keeps ${percent(facts[0].kept)} of its potential from one step to the next in ${names[0]}, and ${percent(facts[1].kept)} in ${names[1]}.`;
  }
  return 'Potential and threshold are the same in both, but the parts of a step are done in another order.';
}
