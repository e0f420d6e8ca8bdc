// Says under the stage what happens on it: what a spike does, and why the class that leads is ahead.

/** @import { Network, Recording } from '../simulator/types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { count } from '../ui/number-format.js';
import { layerName } from './layers.js';
import { spikeCounts } from './spike-brightness.js';

/** Neurons that are named. */
const NAMED = 3;

/**
 * Why the class that leads after a step is ahead of the next one: the neurons of the layer before the outputs whose spikes made
 * the largest difference between the two, counted as spikes times the difference of their weights.
 * @param {Network} network
 * @param {Recording} recording
 * @param {number} step
 * @returns {{ leader: number, next: number | null, ahead: number, neurons: number[] } | null} null if no class leads
 */
export function leadOf(network, recording, step) {
  const leader = leaderAt(recording, step);
  if (leader === null) return null;
  const counts = countsAt(recording, step);
  const { membranes, size: classes } = recording.layers[recording.layers.length - 1];
  const potentials = membranes.subarray((step - 1) * classes, step * classes);
  // Among classes with as many votes, the one with the higher potential is next.
  const isAhead = (/** @type {number} */ a, /** @type {number} */ b) =>
    counts[a] > counts[b] || (counts[a] === counts[b] && potentials[a] > potentials[b]);
  const others = Array.from(counts.keys()).filter((index) => index !== leader);
  const next = others.length > 0 ? others.reduce((best, index) => (isAhead(index, best) ? index : best)) : null;
  const last = network.sizes.length - 1;
  const [size, outputs] = [network.sizes[last - 1], network.sizes[last]];
  const spikes = spikeCounts(recording.layers[last - 1], step);
  const weights = network.weights[last - 1];
  const pushes = Array.from({ length: size }, (_, neuron) => {
    const row = neuron * outputs;
    return spikes[neuron] * (weights[row + leader] - (next === null ? 0 : weights[row + next]));
  });
  const neurons = [...pushes.keys()].filter((neuron) => pushes[neuron] > 0).sort((a, b) => pushes[b] - pushes[a]);
  return {
    leader,
    next,
    ahead: next === null ? counts[leader] : counts[leader] - counts[next],
    neurons: neurons.slice(0, NAMED),
  };
}

/**
 * @param {Network | null} network
 * @param {Recording | null} recording
 * @param {number} step
 * @param {boolean} answerHidden
 * @returns {string} empty where there is no answer to explain
 */
export function stageWords(network, recording, step, answerHidden) {
  if (!network || !recording || step < 1 || answerHidden) return '';
  const lead = leadOf(network, recording, step);
  if (!lead)
    return 'No output has fired yet: the ring of an output fills as spikes push it up, and it fires when the ring is full.';
  const { leader, next, ahead, neurons } = lead;
  const { sizes } = network;
  const before = sizes.length - 2;
  const layer = before === 0 ? 'the pixels' : layerName(sizes, before).toLowerCase();
  const names = before === 0 ? '' : ` ${listed(neurons)}`;
  const by = neurons.length > 0 ? ` ${layer[0].toUpperCase()}${layer.slice(1)}${names} contributed most.` : '';
  if (next === null) return `${leader} has ${votes(ahead)}.${by}`;
  if (recording.settings.readout === 'first') return `${leader} fired first.${by}`;
  if (ahead <= 0) return `${leader} and ${next} have equally many votes; ${leader} has the higher potential.${by}`;
  return `${leader} leads, ${votes(ahead)} ahead of ${next}.${by}`;
}

/** @param {number} n */
function votes(n) {
  return `${count(n)} vote${n === 1 ? '' : 's'}`;
}

/** @param {readonly number[]} neurons */
function listed(neurons) {
  const all = neurons.map(String);
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}
