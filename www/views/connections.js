// Which connections the stage shows: those over which most passed in a recording.

/** @import { Network, Recording } from '../types.js' */

import { spikesOf } from './glow.js';

/**
 * @typedef {object} Connection
 * @property {number} from presynaptic neuron
 * @property {number} to postsynaptic neuron
 * @property {number} weight
 */

/**
 * The connections into a layer with the largest |weight| x spikes that they carried; before anything was carried, those
 * with the largest |weight|.
 * @param {Network} network
 * @param {Recording | null} recording
 * @param {number} layer 1 for the hidden layer, 2 for the output
 * @param {number} most
 * @param {number} each most of them into one neuron
 * @returns {Connection[]}
 */
export function strongest(network, recording, layer, most, each) {
  const weights = network.weights[layer - 1];
  const [inputs, outputs] = [network.sizes[layer - 1], network.sizes[layer]];
  const carried = recording ? spikesOf(recording.layers[layer - 1]) : new Uint32Array(inputs).fill(1);
  /** @type {{ from: number, to: number, weight: number, load: number }[]} */
  const found = [];
  for (let to = 0; to < outputs; to++) {
    /** @type {typeof found} */
    const best = [];
    for (let from = 0; from < inputs; from++) {
      const weight = weights[from * outputs + to];
      const load = Math.abs(weight) * carried[from];
      if (load === 0 || (best.length === each && load <= best[each - 1].load)) continue;
      best.push({ from, to, weight, load });
      best.sort((a, b) => b.load - a.load);
      if (best.length > each) best.pop();
    }
    found.push(...best);
  }
  return found.sort((a, b) => b.load - a.load).slice(0, most);
}
