// Where two recordings of the same input first part.

/** @import { LayerRecording } from '../simulator/types.js' */

/**
 * @typedef {object} Run a dialect's recording, as far as the laboratory looks at it
 * @property {number} steps
 * @property {readonly LayerRecording[]} layers input, hidden, output
 * @property {readonly number[]} counts spikes of each output
 */

/**
 * @typedef {object} Difference
 * @property {number} step counted from 1
 * @property {number} layer 1 hidden, 2 output
 * @property {number} neuron
 * @property {readonly [number, number]} spikes of the neuron in that step, in each of the two
 */

/**
 * The first step in which the two do not spike alike; in it the hidden layer before the outputs, the lowest neuron first.
 * @param {Run} a
 * @param {Run} b
 * @returns {Difference | null} null where they spike alike throughout
 */
export function firstDifference(a, b) {
  for (let step = 1; step <= Math.min(a.steps, b.steps); step++) {
    for (let layer = 1; layer < a.layers.length; layer++) {
      const [left, right] = [spikesIn(a.layers[layer], step), spikesIn(b.layers[layer], step)];
      const at = partAt(left, right);
      if (at === null) continue;
      const of = (/** @type {Uint16Array} */ spikes) => spikes.filter((neuron) => neuron === at).length;
      return { step, layer, neuron: at, spikes: [of(left), of(right)] };
    }
  }
  return null;
}

/**
 * The neurons that spiked in a step, ascending, each as often as it did.
 * @param {LayerRecording} layer
 * @param {number} step counted from 1
 */
export function spikesIn({ neurons, offsets }, step) {
  return neurons.subarray(offsets[step - 1], offsets[step]);
}

/**
 * The last step before another in which a neuron spiked; 0 where it had not.
 * @param {LayerRecording} layer
 * @param {number} neuron
 * @param {number} before
 */
export function lastSpike(layer, neuron, before) {
  for (let step = before - 1; step > 0; step--) if (spikesIn(layer, step).includes(neuron)) return step;
  return 0;
}

/**
 * The lowest number that does not stand equally often in both lists.
 * @param {Uint16Array} a ascending
 * @param {Uint16Array} b ascending
 */
function partAt(a, b) {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (a[i] !== b[i]) return Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[i] ?? Number.POSITIVE_INFINITY);
  }
  return null;
}
