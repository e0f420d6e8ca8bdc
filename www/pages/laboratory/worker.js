// A worker of the laboratory: presents the images of each task in the dialect of its plan.

/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { Plan, Result } from './types.js' */

import { fitImages } from '../../simulator/fitting.js';
import { runTasks } from '../../simulator/worker-tasks.js';
import { keyOf } from './plan.js';

/** @typedef {typeof import('../../pkg/laboratory.js')} Api */

/** Seed of the input spikes. Each image has its own random numbers, derived from it. */
const SEED = 1;

/** @type {{ key: string, experiment: import('../../pkg/laboratory.js').Experiment } | null} the experiment of the last task */
let last = null;

/**
 * @param {{ api: Api, model: import('../../pkg/laboratory.js').Model }} simulator
 * @param {{ plan: Plan, first: number }} task
 * @param {Images} images with their indices
 * @returns {Result}
 */
function perform({ api, model }, { plan, first }, { ink, labels, indices }) {
  const key = keyOf(plan);
  if (last?.key !== key) {
    last?.experiment.free();
    last = null;
    const { dialect, overrides, readout, steps } = plan;
    last = { key, experiment: new api.Experiment(model, dialect, overrides, readout, steps) };
  }
  const fitted = fitImages(api, ink, model.layerSizes()[0]);
  const began = performance.now();
  const tally = last.experiment.run(fitted, labels, /** @type {Uint32Array} */ (indices), first, SEED);
  const { answers: _, ...counts } = tally;
  return { ...counts, busy: performance.now() - began };
}

runTasks(perform);
