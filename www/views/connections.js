// Chooses the connections that the stage shows: those that carried the most input in a recording.

/** @import { Network, Neuron, Recording } from '../simulator/types.js' */

import { spikeCounts } from './spike-brightness.js';

/**
 * @typedef {object} Connection
 * @property {number} from presynaptic neuron
 * @property {number} to postsynaptic neuron
 * @property {number} weight
 */

/**
 * The connections into a layer with the largest |weight| x spikes; without a recording, those with the largest |weight|.
 * @param {Network} network
 * @param {Recording | null} recording
 * @param {number} layer the layer that they lead into, from 1
 * @param {number} most connections of each sign
 * @param {number} perNeuron connections of each sign into one neuron
 * @returns {Connection[]}
 */
export function strongest(network, recording, layer, most, perNeuron) {
  const weights = network.weights[layer - 1];
  const [inputs, outputs] = [network.sizes[layer - 1], network.sizes[layer]];
  const carried = recording ? spikeCounts(recording.layers[layer - 1]) : new Uint32Array(inputs).fill(1);
  // Keeps the best few of each neuron in descending order. Reads the weights in the order in which they are stored, both
  // signs in one pass, because this runs at every point of a stroke.
  const [up, down] = [newBest(outputs, perNeuron), newBest(outputs, perNeuron)];
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
        const [from, to] = [origins[place], Math.floor(place / perNeuron)];
        return { from, to, weight: weights[from * outputs + to] };
      }),
  );
}

/**
 * Room for the connections of one sign that carried the most input into each neuron.
 * @param {number} neurons
 * @param {number} perNeuron how many are kept per neuron
 */
function newBest(neurons, perNeuron) {
  return {
    perNeuron,
    loads: new Float64Array(neurons * perNeuron),
    origins: new Uint32Array(neurons * perNeuron),
    /** A connection is kept if its load is larger than this. */
    least: new Float64Array(neurons),
  };
}

/**
 * Inserts a connection, and drops the one with the smallest load.
 * @param {ReturnType<typeof newBest>} best
 * @param {number} to
 * @param {number} from
 * @param {number} load larger than `least[to]`
 */
function keep({ perNeuron, loads, origins, least }, to, from, load) {
  const first = to * perNeuron;
  let place = first + perNeuron - 1;
  for (; place > first && load > loads[place - 1]; place--) {
    loads[place] = loads[place - 1];
    origins[place] = origins[place - 1];
  }
  loads[place] = load;
  origins[place] = from;
  least[to] = loads[first + perNeuron - 1];
}

/**
 * The strongest connections into a neuron or out of it.
 * @param {Network} network
 * @param {Neuron} neuron
 * @param {number} layer the layer that they lead into: the neuron's layer or the next one
 * @param {number} most connections of each sign
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
