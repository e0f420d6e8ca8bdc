// Measures how long all test images take, and how many of them are read correctly.

/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { Job, Settings, TaskResult } from './types.js' */

import { addResults } from '../../measuring/results.js';
import { imagesFrom } from '../../simulator/test-images.js';
import { count } from '../../ui/number-format.js';

/** Number of tasks: enough that no worker waits long for the last one, and few enough that handing them out costs little. */
const TASKS = 40;

/** @typedef {TaskResult & { seconds: number }} TestSetResult */

/**
 * @param {Images} images
 * @param {number} most how many of the images, from the first on
 * @param {Settings} settings
 * @returns {Job<TestSetResult>}
 */
export function createTestSetJob(images, most, settings) {
  const perTask = Math.ceil(most / TASKS);
  const began = performance.now();
  let ended = began;
  let handedOut = 0;
  /** @type {TaskResult | null} */
  let total = null;
  return {
    nextTask() {
      if (handedOut >= most) return null;
      const task = { first: handedOut, images: Math.min(perTask, most - handedOut), plans: [settings] };
      handedOut += task.images;
      return task;
    },

    imagesOf: (task) => imagesFrom(images, task.first, task.images),

    onDone(_, result) {
      total = total ? addResults(total, result) : result;
      ended = performance.now();
    },

    get progress() {
      const done = total?.images ?? 0;
      return { done, all: most, sentence: `${count(done)} of ${count(most)} images` };
    },

    get result() {
      return total?.images === most ? { ...total, seconds: (ended - began) / 1000 } : null;
    },
  };
}
