// A worker that presents labelled images to Spikepad's own neurons. The plan of a task is the settings.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Settings } from '../simulator/types.js' */
/** @import { SettingsResult } from './types.js' */

import { fitImages } from '../simulator/fitting.js';
import { runTasks } from '../simulator/worker-tasks.js';

/**
 * @param {{ api: typeof import('../pkg/laboratory.js'), model: import('../pkg/laboratory.js').Model }} simulator
 * @param {{ plan: Settings, first: number }} task
 * @param {Images} images
 * @returns {SettingsResult}
 */
function perform({ api, model }, { plan, first }, { ink, labels }) {
  const fitted = fitImages(api, ink, model.layerSizes()[0]);
  const began = performance.now();
  const counts = model.evaluate(fitted, labels, first, plan);
  return { ...counts, busy: performance.now() - began };
}

runTasks(perform);
