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
 * The connections into a layer with the largest |weight| x spikes that they carried, half of them of either sign; before
 * anything was carried, those with the largest |weight|.
 * @param {Network} network
 * @param {Recording | null} recording
 * @param {number} layer 1 for the hidden layer, 2 for the output
 * @param {number} most of either sign
 * @param {number} each most of either sign into one neuron
 * @returns {Connection[]}
 */
export function strongest(network, recording, layer, most, each) {
  const weights = network.weights[layer - 1];
  const [inputs, outputs] = [network.sizes[layer - 1], network.sizes[layer]];
  const carried = recording ? spikesOf(recording.layers[layer - 1]) : new Uint32Array(inputs).fill(1);
  const active = [...carried.keys()].filter((from) => carried[from] > 0);
  return [1, -1].flatMap((sign) => {
    /** @type {Loaded[]} */
    const found = [];
    for (let to = 0; to < outputs; to++) {
      /** @type {Loaded[]} */
      const best = [];
      for (const from of active) {
        const weight = weights[from * outputs + to];
        const load = sign * weight * carried[from];
        if (load <= 0 || (best.length === each && load <= best[each - 1].load)) continue;
        best.push({ from, to, weight, load });
        best.sort(byLoad);
        if (best.length > each) best.pop();
      }
      found.push(...best);
    }
    return found.sort(byLoad).slice(0, most);
  });
}

/**
 * The strongest connections of one neuron, into it and out of it.
 * @param {Network} network
 * @param {{ layer: number, index: number }} neuron
 * @param {number} layer the layer that they lead into: its own, or the next
 * @param {number} most of either sign
 * @returns {Connection[]}
 */
export function connectionsOf({ sizes, weights }, neuron, layer, most) {
  const outputs = sizes[layer];
  const into = neuron.layer === layer;
  const all = Array.from({ length: into ? sizes[layer - 1] : outputs }, (_, other) => {
    const [from, to] = into ? [other, neuron.index] : [neuron.index, other];
    return { from, to, weight: weights[layer - 1][from * outputs + to] };
  });
  all.sort((a, b) => b.weight - a.weight);
  return [
    ...all.slice(0, most).filter(({ weight }) => weight > 0),
    ...all.slice(-most).filter(({ weight }) => weight < 0),
  ];
}

/** @typedef {Connection & { load: number }} Loaded */

/**
 * @param {Loaded} a
 * @param {Loaded} b
 */
function byLoad(a, b) {
  return b.load - a.load;
}
