// A worker of the laboratory: presents the images of each task in the dialect of its plan.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Result, Task } from './types.js' */

import { runTasks } from '../simulator/worker-tasks.js';
import { keyOf } from './plan.js';

/** @typedef {typeof import('../pkg/laboratory.js')} Api */

/** @type {{ key: string, experiment: import('../pkg/laboratory.js').Experiment } | null} the experiment of the last task */
let last = null;

/**
 * @param {{ api: Api, model: import('../pkg/laboratory.js').Model }} simulator
 * @param {Task} task
 * @param {Images} images
 * @returns {Result}
 */
function perform({ api, model }, { plan, first, seed }, { ink, labels }) {
  const key = keyOf(plan);
  if (last?.key !== key) {
    last?.experiment.free();
    last = null;
    const { dialect, overrides, readout, steps } = plan;
    last = { key, experiment: new api.Experiment(model, dialect, overrides, readout, steps) };
  }
  const began = performance.now();
  const { answers: _, ...counts } = last.experiment.run(ink, labels, first, seed);
  return { ...counts, busy: performance.now() - began };
}

runTasks(perform);
