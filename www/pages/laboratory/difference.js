// Finds the first step in which two recordings of the same input differ.

/** @import { LayerRecording } from '../../simulator/types.js' */

/**
 * @typedef {object} Run one presentation in a dialect; a part of `Recording`
 * @property {number} steps
 * @property {readonly LayerRecording[]} layers the input first, the output last
 */

/**
 * @typedef {object} Difference
 * @property {number} step counted from 1
 * @property {number} layer 0 for the input
 * @property {number} neuron
 * @property {readonly [number, number]} spikes of the neuron in that step, in each of the two
 */

/**
 * @typedef {object} Comparison
 * @property {readonly [Run, Run]} runs
 * @property {readonly [readonly number[], readonly number[]]} counts spikes of each output
 * @property {Difference | null} difference
 */

/**
 * The first step in which the spikes differ. If several neurons differ in that step: in the layer nearest to the input,
 * the neuron with the lowest number.
 * @param {Run} a
 * @param {Run} b
 * @returns {Difference | null} null if all spikes are the same
 */
export function firstDifference(a, b) {
  for (let step = 1; step <= Math.min(a.steps, b.steps); step++) {
    for (let layer = 1; layer < a.layers.length; layer++) {
      const [left, right] = [spikesIn(a.layers[layer], step), spikesIn(b.layers[layer], step)];
      const neuron = firstUnequal(left, right);
      if (neuron === null) continue;
      const countOf = (/** @type {Uint16Array} */ spikes) => spikes.filter((other) => other === neuron).length;
      return { step, layer, neuron, spikes: [countOf(left), countOf(right)] };
    }
  }
  return null;
}

/**
 * The neurons that spiked in a step, ascending. A neuron that spiked n times is listed n times.
 * @param {LayerRecording} layer
 * @param {number} step counted from 1
 */
export function spikesIn({ neurons, offsets }, step) {
  return neurons.subarray(offsets[step - 1], offsets[step]);
}

/**
 * The last step before a given one in which a neuron spiked; 0 if there is none.
 * @param {LayerRecording} layer
 * @param {number} neuron
 * @param {number} before
 */
export function lastSpike(layer, neuron, before) {
  for (let step = before - 1; step > 0; step--) if (spikesIn(layer, step).includes(neuron)) return step;
  return 0;
}

/**
 * The lowest number that one list holds more often than the other; null if the lists are equal.
 * @param {Uint16Array} a ascending
 * @param {Uint16Array} b ascending
 */
function firstUnequal(a, b) {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] !== b[i]) return Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[i] ?? Number.POSITIVE_INFINITY);
  }
  return null;
}
