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
  // Of each neuron those that carried most, in falling order, of either sign. Row by row, as the weights lie, and both
  // signs at once: this is done at every point of a stroke.
  const made = () => ({ loads: new Float64Array(outputs * each), origins: new Uint32Array(outputs * each) });
  const [up, down] = [made(), made()];
  for (let from = 0; from < inputs; from++) {
    const spikes = carried[from];
    if (spikes === 0) continue;
    for (let to = 0, last = each - 1, at = from * outputs; to < outputs; to++, last += each, at++) {
      const weight = weights[at];
      const { loads, origins } = weight > 0 ? up : down;
      const load = spikes * Math.abs(weight);
      if (load <= loads[last]) continue;
      let place = last;
      for (; place > to * each && load > loads[place - 1]; place--) {
        loads[place] = loads[place - 1];
        origins[place] = origins[place - 1];
      }
      loads[place] = load;
      origins[place] = from;
    }
  }
  return [up, down].flatMap(({ loads, origins }) =>
    [...loads.keys()]
      .filter((place) => loads[place] > 0)
      .sort((a, b) => loads[b] - loads[a])
      .slice(0, most)
      .map((place) => {
        const [from, to] = [origins[place], Math.floor(place / each)];
        return { from, to, weight: weights[from * outputs + to] };
      }),
  );
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
