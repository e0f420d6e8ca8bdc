// The order in which test images are measured, so that the first 200 and the first 1,000 represent all of them.

/** @import { Images } from '../../simulator/worker-types.js' */

/** Every so many-th image is in the first, the second and the last stage: 200, 1,000 and all of 10,000. */
const EVERY = [50, 10, 1];

/**
 * Each stage is a systematic sample of the images in the order of their classes, and within a class in that of the set: it has
 * as large a share of each class, and of each part of the set, as the whole set. It does not depend on how any network reads the
 * images. (MNIST's first images are easier to read than the others.)
 * @param {ArrayLike<number>} labels
 * @returns {Uint32Array<ArrayBuffer>} indices: those of the first stage ascending, then those that the next one adds, and so on
 */
export function representativeOrder(labels) {
  const byClass = Array.from(labels, (_, index) => index).sort((a, b) => labels[a] - labels[b] || a - b);
  /** @type {Set<number>} */
  const order = new Set();
  for (const every of EVERY) {
    // The middle one of so many; the middle of a longer stretch is also that of a shorter one.
    const stage = byClass.filter((_, place) => place % every === Math.floor(EVERY[0] / 2) % every);
    for (const index of stage.sort((a, b) => a - b)) order.add(index);
  }
  return Uint32Array.from(order);
}

/**
 * The images in this order, with their indices in the set.
 * @param {Images} images
 * @returns {Images}
 */
export function inRepresentativeOrder({ ink, labels }) {
  const indices = representativeOrder(labels);
  const pixels = ink.length / labels.length;
  const sorted = new Uint8Array(ink.length);
  for (const [place, index] of indices.entries()) {
    sorted.set(ink.subarray(index * pixels, (index + 1) * pixels), place * pixels);
  }
  return { ink: sorted, labels: Uint8Array.from(indices, (index) => labels[index]), indices };
}
