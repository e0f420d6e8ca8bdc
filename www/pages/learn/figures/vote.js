// The vote: how often the hidden neurons fired, and the votes of the outputs.

/** @import { Figure } from '../types.js' */

import { count } from '../../../ui/number-format.js';
import { sentence } from '../fill.js';
import { createPlot } from '../plot.js';
import { escapeText, shades } from '../svg.js';
import { hiddenCounts } from './looks.js';

/** Cells down a column of hidden neurons. */
const DOWN = 16;

/**
 * @typedef {object} Data
 * @property {readonly number[]} votes
 * @property {readonly number[]} ranked the classes, the one with the most votes first
 * @property {number | null} answer
 * @property {Float32Array} hidden the share of steps in which each neuron fired, in the order in which the page shows them
 * @property {number} hiddenSpikes
 * @property {readonly number[]} probabilities of the network without spikes
 * @property {number} steps
 */

/**
 * The hidden neurons as cells, brighter where they fired more.
 * @param {Float32Array} shares down the columns
 * @param {string} label
 */
export function hiddenPicture(shares, label) {
  const across = Math.ceil(shares.length / DOWN);
  const cells = Float32Array.from({ length: across * DOWN }, (_, at) => {
    return shares[(at % across) * DOWN + Math.floor(at / across)] ?? 0;
  });
  return `<svg class="pixels activity" viewBox="0 0 ${across} ${DOWN}" role="img" aria-label="${escapeText(label)}" shape-rendering="crispEdges">${shades(cells, across)}</svg>`;
}

/**
 * A bar for each class, in its hue.
 * @param {ReturnType<typeof createPlot>} plot
 * @param {readonly number[]} votes
 * @param {number | null} answer
 */
export function classBars(plot, votes, answer) {
  for (const [digit, spikes] of votes.entries()) {
    plot.bar(digit - 0.34, digit + 0.34, spikes, `column class-${digit % 10}${digit === answer ? ' winner' : ''}`);
  }
}

/**
 * The votes as bars.
 * @param {Data} data
 * @param {Record<string, string>} words
 */
export function votesPlot({ votes, answer }, words) {
  const most = Math.max(1, ...votes);
  const plot = createPlot({
    x: {
      from: -0.5,
      to: votes.length - 0.5,
      ticks: votes.map((_, digit) => digit),
      name: words.digits,
    },
    y: { from: 0, to: most * 1.15, ticks: [0, most], name: words.votes },
  });
  classBars(plot, votes, answer);
  const list = votes.map((spikes, digit) => `${digit}: ${spikes}`).join(', ');
  return plot.html(sentence(words.votesLabel, { list }));
}

/** @type {Figure<Data>} */
export const figure = {
  measure({ recording, network }) {
    const { verdict, steps, layers, ann } = recording;
    const counts = hiddenCounts(recording);
    // Between equal votes the higher potential after the last step decides, as in the simulator.
    const potentials = layers[layers.length - 1].membranes.subarray((steps - 1) * verdict.counts.length);
    return {
      votes: verdict.counts,
      ranked: verdict.counts
        .map((_, digit) => digit)
        .sort((a, b) => {
          return verdict.counts[b] - verdict.counts[a] || potentials[b] - potentials[a];
        }),
      answer: verdict.digit,
      hidden: Float32Array.from(network.layout, (neuron) => counts[neuron] / steps),
      hiddenSpikes: layers[1].neurons.length,
      probabilities: [...ann.probabilities],
      steps,
    };
  },

  factsOf({ votes, ranked: [first, second], answer, hiddenSpikes, probabilities }) {
    const ann = probabilities.indexOf(Math.max(...probabilities));
    return {
      votes: votes.join(', '),
      first: String(first),
      next: String(second),
      winner: String(answer ?? '–'),
      winnerVotes: count(answer === null ? 0 : votes[answer]),
      second: String(first === answer ? second : first),
      secondVotes: count(votes[first === answer ? second : first]),
      quiet: String(votes.filter((each) => each === 0).length),
      hiddenSpikes: count(hiddenSpikes),
      outputSpikes: count(votes.reduce((sum, each) => sum + each, 0)),
      annAnswer: String(ann),
    };
  },

  draw(data, words) {
    return `<div class="hidden-and-votes">${hiddenPicture(data.hidden, words.hiddenLabel)}${votesPlot(data, words)}</div>`;
  },
};
