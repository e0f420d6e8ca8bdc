// A worker that presents labelled images to Spikepad's own neurons. A task has one plan or several, which are settings.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { SettingsResult, SettingsTask } from './types.js' */

import { fitImages } from '../simulator/fitting.js';
import { runTasks } from '../simulator/worker-tasks.js';

/**
 * @param {{ api: typeof import('../pkg/laboratory.js'), model: import('../pkg/laboratory.js').Model }} simulator
 * @param {SettingsTask} task
 * @param {Images} images
 * @returns {SettingsResult[]}
 */
function perform({ api, model }, { plans, first }, { ink, labels }) {
  const fitted = fitImages(api, ink, model.layerSizes()[0]);
  return plans.map((settings) => {
    const began = performance.now();
    const counts = model.evaluate(fitted, labels, first, settings);
    return { ...counts, busy: performance.now() - began };
  });
}

runTasks(perform);
