// How long a set of images takes, and how many of them are read right: one share after another, by as many workers as
// there are.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Job } from './measuring.js' */
/** @import { Result, Settings } from './types.js' */

import { imagesFrom } from '../simulator/test-images.js';

/** Shares of a set: so many that no worker waits long for the last, and so few that handing them out costs little. */
const SHARES = 40;

/** @typedef {Result & { seconds: number }} Reading what was counted, and how long it took */

/** @type {Result} */
const NOTHING = { images: 0, right: 0, annRight: 0, synops: 0, busy: 0 };

/**
 * Reads the first of the images.
 * @param {Images} images
 * @param {number} count
 * @param {Settings} settings
 * @returns {Job & { result: Reading | null }}
 */
export function readSet(images, count, settings) {
  const share = Math.ceil(count / SHARES);
  const began = performance.now();
  let ended = began;
  let handedOut = 0;
  let total = NOTHING;
  return {
    next() {
      if (handedOut >= count) return null;
      const task = { first: handedOut, images: Math.min(share, count - handedOut), settings };
      handedOut += task.images;
      return task;
    },

    imagesOf: ({ first, images: some }) => imagesFrom(images, first, some),

    onDone(_, { images: some, right, annRight, synops, busy }) {
      total = {
        images: total.images + some,
        right: total.right + right,
        annRight: total.annRight + annRight,
        synops: total.synops + synops,
        busy: total.busy + busy,
      };
      ended = performance.now();
    },

    get progress() {
      return { done: total.images, all: count };
    },

    get result() {
      return total.images === count ? { ...total, seconds: (ended - began) / 1000 } : null;
    },
  };
}
