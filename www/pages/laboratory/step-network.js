// The network without spikes, with a step function in place of its activation. It shows how well a network reads whose hidden
// neurons are only on or off.

/** @import { Images } from '../../simulator/worker-types.js' */

import { yieldToMain } from '../../ui/yield-to-main.js';

/** The browser can handle input after this many images. */
const IMAGES_PER_TURN = 250;

/**
 * @param {object} network
 * @param {readonly Float32Array[]} network.weights of each layer, [inputs, outputs] row-major
 * @param {readonly Float32Array[]} network.biases of each layer, [outputs]; empty for a layer without
 * @param {readonly number[]} network.sizes neurons of each layer, the input first
 * @param {Images} images as the network sees them
 * @param {number} count
 * @returns {Promise<number>} accuracy on the first `count` images
 */
export async function stepAccuracy({ weights, biases, sizes }, { ink, labels }, count) {
  const [pixels] = sizes;
  let right = 0;
  for (let image = 0; image < count; image++) {
    if (image % IMAGES_PER_TURN === 0) await yieldToMain();
    /** @type {ArrayLike<number> & Iterable<number>} */
    let activity = Float64Array.from(ink.subarray(image * pixels, (image + 1) * pixels), (value) => value / 255);
    for (const [layer, matrix] of weights.entries()) {
      const sums = multiply(activity, matrix, biases[layer], sizes[layer + 1]);
      activity = layer + 1 < weights.length ? sums.map((sum) => (sum > 0 ? 1 : 0)) : sums;
    }
    const scores = [...activity];
    if (scores.indexOf(Math.max(...scores)) === labels[image]) right += 1;
  }
  return right / count;
}

/**
 * @param {ArrayLike<number>} vector [inputs]
 * @param {Float32Array} matrix [inputs, outputs] row-major
 * @param {Float32Array} bias [outputs] or empty
 * @param {number} outputs
 */
function multiply(vector, matrix, bias, outputs) {
  const sums = new Float32Array(outputs);
  sums.set(bias);
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i];
    if (value === 0) continue;
    const row = i * outputs;
    for (let j = 0; j < outputs; j++) sums[j] += value * matrix[row + j];
  }
  return sums;
}
