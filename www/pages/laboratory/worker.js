// A worker of the laboratory: presents the images of each task in the dialects of its plans.

/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { Plan, Result } from './types.js' */

import { fitImages } from '../../simulator/fitting.js';
import { runTasks } from '../../simulator/worker-tasks.js';
import { keyOf } from './plan.js';

/** @typedef {typeof import('../../pkg/laboratory.js')} Api */

/** Seed of the input spikes. Each image has its own random numbers, derived from it. */
const SEED = 1;

/** @type {{ key: string, experiments: import('../../pkg/laboratory.js').Experiments } | null} those of the last task */
let last = null;

/**
 * @param {{ api: Api, model: import('../../pkg/laboratory.js').Model }} simulator
 * @param {{ plans: readonly Plan[], first: number }} task
 * @param {Images} images with their indices
 * @returns {Result[]} of each plan
 */
function perform({ api, model }, { plans, first }, { ink, labels, indices }) {
  const key = plans.map(keyOf).join();
  if (last?.key !== key) {
    last?.experiments.free();
    last = null;
    last = { key, experiments: new api.Experiments(model, plans) };
  }
  const fitted = fitImages(api, ink, model.layerSizes()[0]);
  const tallies = last.experiments.run(fitted, labels, /** @type {Uint32Array} */ (indices), first, SEED);
  return tallies.map(({ answers: _, ...counts }) => counts);
}

runTasks(perform);
