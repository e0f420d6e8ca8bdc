// Which connections the stage shows: those over which most passed in a recording.

/** @import { Network, Recording } from '../simulator/types.js' */

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
  // Of each neuron those that carried most, in falling order, of either sign. Row by row, as the weights lie, both signs
  // at once, and little to do where nothing is kept: this is done at every point of a stroke, and once before the browser
  // has compiled it.
  const [up, down] = [newBest(outputs, each), newBest(outputs, each)];
  const [above, below] = [up.least, down.least];
  for (let from = 0; from < inputs; from++) {
    const spikes = carried[from];
    if (spikes === 0) continue;
    for (let to = 0, at = from * outputs; to < outputs; to++, at++) {
      const load = spikes * weights[at];
      if (load > above[to]) keep(up, to, from, load);
      else if (-load > below[to]) keep(down, to, from, -load);
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
 * The connections of one sign that carried most into each neuron.
 * @param {number} neurons
 * @param {number} each how many are kept of a neuron
 */
function newBest(neurons, each) {
  return {
    each,
    loads: new Float64Array(neurons * each),
    origins: new Uint32Array(neurons * each),
    /** What one has to carry more than to be kept. */
    least: new Float64Array(neurons),
  };
}

/**
 * @param {ReturnType<typeof newBest>} best
 * @param {number} to
 * @param {number} from
 * @param {number} load more than the least of those of `to`
 */
function keep({ each, loads, origins, least }, to, from, load) {
  const first = to * each;
  let place = first + each - 1;
  for (; place > first && load > loads[place - 1]; place--) {
    loads[place] = loads[place - 1];
    origins[place] = origins[place - 1];
  }
  loads[place] = load;
  origins[place] = from;
  least[to] = loads[first + each - 1];
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
