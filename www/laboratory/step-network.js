// The network without spikes, a step in the place of its ReLU: what hidden neurons that are only on or off can do.

/** @import { Images } from '../simulator/worker-types.js' */

import { breath } from '../ui/yield-to-main.js';

/** Images between two breaths of the page. */
const BREATH = 250;

/**
 * @param {readonly Float32Array[]} weights hidden [784, 128], output [128, 10], row-major
 * @param {Images} images
 * @param {number} count
 * @returns {Promise<number>} the share of the first images that it reads
 */
export async function stepAccuracy([hidden, output], { ink, labels }, count) {
  const neurons = output.length / 10;
  const pixels = hidden.length / neurons;
  const sums = new Float32Array(neurons);
  const scores = new Float32Array(10);
  let right = 0;
  for (let image = 0; image < count; image++) {
    if (image % BREATH === 0) await breath();
    sums.fill(0);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = ink[image * pixels + pixel] / 255;
      if (value === 0) continue;
      for (let j = 0; j < neurons; j++) sums[j] += value * hidden[pixel * neurons + j];
    }
    scores.fill(0);
    for (let j = 0; j < neurons; j++) {
      if (sums[j] <= 0) continue;
      for (let k = 0; k < 10; k++) scores[k] += output[j * 10 + k];
    }
    if (scores.indexOf(Math.max(...scores)) === labels[image]) right += 1;
  }
  return right / count;
}
