// One core of the laboratory: presents the images of one task after another in the dialect that each names.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Tally, Task } from './types.js' */

import { join } from '../simulator/worker-tasks.js';
import { keyOf } from './plan.js';

/** @typedef {typeof import('../pkg/laboratory.js')} Laboratory */

/** @type {{ plan: string, experiment: import('../pkg/laboratory.js').Experiment } | null} the one of the last task */
let current = null;

/**
 * @param {{ api: Laboratory, model: import('../pkg/laboratory.js').Model }} simulator
 * @param {Task} task
 * @param {Images} images
 * @returns {Tally}
 */
function perform({ api, model }, { plan, first, seed }, { ink, labels }) {
  if (current?.plan !== keyOf(plan)) {
    current?.experiment.free();
    current = null;
    const { dialect, overrides, readout, steps } = plan;
    current = { plan: keyOf(plan), experiment: new api.Experiment(model, dialect, overrides, readout, steps) };
  }
  const began = performance.now();
  const { answers: _, ...counts } = current.experiment.run(ink, labels, first, seed);
  return { ...counts, busy: performance.now() - began };
}

join(perform);
