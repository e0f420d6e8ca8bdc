// A worker of the bench: presents the images of each task.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Task, TaskResult } from './types.js' */

import { runTasks } from '../simulator/worker-tasks.js';

/**
 * @param {{ api: typeof import('../pkg/laboratory.js'), model: import('../pkg/laboratory.js').Model }} simulator
 * @param {Task} task
 * @param {Images} images
 * @returns {TaskResult}
 */
function perform({ model }, { first, settings }, { ink, labels }) {
  const began = performance.now();
  const counts = model.evaluate(ink, labels, first, settings);
  return { ...counts, busy: performance.now() - began };
}

runTasks(perform);
