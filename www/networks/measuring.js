// Measures how many of the calibration digits a spiking network reads.

/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { Measured } from './types.js' */

import { PIXELS } from '../simulator/dimensions.js';
import { fitImages } from '../simulator/fitting.js';

/** Where the numbers begin in IDX files of images and of labels (http://yann.lecun.com/exdb/mnist/). */
const HEADER = { images: 16, labels: 8 };

/** Digits are presented in so many parts, of which each has as many digits of every class. */
const PARTS = 30;

/** No part begins after this time, ms. */
const TIME = 4000;

/**
 * @param {AnyApi} api
 * @param {Uint8Array} safetensors the network
 * @param {Uint8Array} digits IDX files of images of 28 x 28 pixels and of labels, one behind the other
 * @returns {Measured | null} null if the digits' classes are not the network's
 */
export function measure(api, safetensors, digits) {
  const count = new DataView(digits.buffer, digits.byteOffset).getUint32(4);
  const images = digits.subarray(HEADER.images, HEADER.images + count * PIXELS);
  const labels = digits.subarray(HEADER.images + count * PIXELS + HEADER.labels);
  const model = new api.Model(safetensors);
  try {
    const sizes = model.layerSizes();
    const settings = model.defaults();
    if (labels.some((label) => label >= sizes[sizes.length - 1])) return null;
    const measured = { of: count, images: 0, right: 0, steps: settings.steps };
    const end = performance.now() + TIME;
    for (let part = 0; part < PARTS && performance.now() < end; part++) {
      const chosen = [...labels.keys()].filter((i) => i % PARTS === part);
      const ink = joined(chosen.map((i) => images.subarray(i * PIXELS, (i + 1) * PIXELS)));
      const own = Uint8Array.from(chosen, (i) => labels[i]);
      const result = model.evaluate(fitImages(api, ink, sizes[0]), own, measured.images, settings);
      measured.images += result.images;
      measured.right += result.right;
    }
    return measured;
  } finally {
    model.free();
  }
}

/** @param {readonly Uint8Array[]} parts of equal length */
function joined(parts) {
  const all = new Uint8Array(parts.length * PIXELS);
  for (const [i, part] of parts.entries()) all.set(part, i * PIXELS);
  return all;
}
