// What it costs: additions that spikes cause, beside the multiplications of the same network without spikes.

/** @import { Network, Recording } from '../../../simulator/types.js' */
/** @import { Facts, Figure } from '../types.js' */

import { count } from '../../../ui/number-format.js';
import { PICOJOULES } from '../../../views/energy.js';
import { sentence } from '../fill.js';
import { createPlot } from '../plot.js';

/**
 * @typedef {object} Data
 * @property {readonly number[]} spikes of the input and of the hidden layer
 * @property {readonly number[]} additions so far, after each step: [steps + 1]
 * @property {number} multiplications of the network without spikes
 * @property {number | null} decided the step at which it could have stopped
 */

/** Every so many-th step is a point of the curve. */
const EVERY = 5;

/** @param {number} additions @returns {number} nJ */
const ofAdditions = (additions) => (additions * PICOJOULES.addition) / 1000;

/** @param {number} multiplications each with an addition @returns {number} nJ */
const ofMultiplications = (multiplications) => (multiplications * PICOJOULES.multiplyAccumulate) / 1000;

/** @param {Recording} recording @param {Network} network @param {number} step */
function additionsUntil({ layers }, { sizes }, step) {
  return sizes.slice(1).reduce((sum, outputs, layer) => sum + layers[layer].offsets[step] * outputs, 0);
}

/** The first step after which the spikes have cost more; null if they never do. @param {Data} data */
function crossing({ additions, multiplications }) {
  const found = additions.findIndex((each) => ofAdditions(each) > ofMultiplications(multiplications));
  return found < 0 ? null : found;
}

/** What it costs up to a step. @param {Data} data @param {number} step @returns {Facts} */
function stopped({ additions }, step) {
  return {
    cheapSteps: String(step),
    cheapAdditions: count(additions[step]),
    cheapSpent: count(Math.round(ofAdditions(additions[step]))),
  };
}

/** @type {Figure<Data>} */
export const figure = {
  measure({ recording, network }) {
    const { sizes } = network;
    return {
      spikes: recording.layers.slice(0, 2).map(({ neurons }) => neurons.length),
      additions: Array.from({ length: recording.steps + 1 }, (_, step) => additionsUntil(recording, network, step)),
      multiplications: sizes.slice(1).reduce((sum, outputs, layer) => sum + sizes[layer] * outputs, 0),
      decided: recording.verdict.decision?.steps ?? null,
    };
  },

  factsOf(data, words) {
    const { spikes, additions, multiplications, decided } = data;
    const all = additions[additions.length - 1];
    const cross = crossing(data);
    return {
      inputSpikes: count(spikes[0]),
      plainInputSpikes: String(spikes[0]),
      plainHiddenSpikes: String(spikes[1]),
      plainAdditions: String(all),
      plainMultiplications: String(multiplications),
      plainSpent: ofAdditions(all).toFixed(0),
      plainAnnSpent: ofMultiplications(multiplications).toFixed(0),
      additions: count(all),
      multiplications: count(multiplications),
      spent: count(Math.round(ofAdditions(all))),
      annSpent: count(Math.round(ofMultiplications(multiplications))),
      times: (ofAdditions(all) / ofMultiplications(multiplications)).toFixed(1),
      costs: ofAdditions(all) > ofMultiplications(multiplications) ? words.more : words.less,
      dearer: cross === null ? words.cheaper : sentence(words.dearer, { crossing: String(cross) }),
      cheap: decided === null ? words.unclear : sentence(words.cheap, stopped(data, decided)),
    };
  },

  draw(data, words) {
    const { additions, multiplications, decided } = data;
    const steps = additions.length - 1;
    const ann = ofMultiplications(multiplications);
    const most = Math.max(ofAdditions(additions[steps]), ann);
    const facts = figure.factsOf(data, words);
    const plot = createPlot({
      x: { from: 0, to: steps, ticks: [0, steps / 2, steps].map(Math.round), name: words.steps },
      y: { from: 0, to: most * 1.1, ticks: [0, most], name: words.energy, say: (value) => count(Math.round(value)) },
    });
    plot.level(ann, 'level ann');
    plot.note(steps, ann, sentence(words.ann, facts), { anchor: 'end', dx: 0, dy: -6 });
    const shown = additions.map((each, step) => /** @type {const} */ ([step, ofAdditions(each)]));
    plot.curve(shown.filter(([step]) => step % EVERY === 0 || step === steps));
    if (decided !== null) {
      plot.dot(decided, ofAdditions(additions[decided]), 'dot own');
      plot.note(decided, most * 0.32, sentence(words.stopped, stopped(data, decided)), { dx: 4 });
    }
    return plot.html(sentence(words.label, facts));
  },
};
