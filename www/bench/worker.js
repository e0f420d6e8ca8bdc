// One core of the bench: presents the images of one task after another.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Result, Task } from './types.js' */

import { join } from '../simulator/worker-tasks.js';

/**
 * @param {{ api: typeof import('../pkg/spikepad.js'), model: import('../pkg/spikepad.js').Model }} simulator
 * @param {Task} task
 * @param {Images} images
 * @returns {Result}
 */
function perform({ model }, { first, settings }, { ink, labels }) {
  const began = performance.now();
  const counts = model.evaluate(ink, labels, first, settings);
  return { ...counts, busy: performance.now() - began };
}

join(perform);
