// Examines a network under some settings, or as a framework runs it.

/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { Images } from '../simulator/worker-types.js' */
/** @import { DoctorReport, RecipeAnswer, Settings } from './types.js' */

import { PIXELS } from '../simulator/dimensions.js';
import { fitImages } from '../simulator/fitting.js';
import { countFor } from './calibration-digits.js';

/** Steps of a presentation in a dialect, as in the question. */
const STEPS = 350;

/**
 * @param {AnyApi} api
 * @param {InstanceType<AnyApi['Model']>} model
 * @param {Images} digits
 * @param {Settings} settings
 * @param {boolean} scalingFound was the scaling of the input found by trial when the file was opened?
 * @param {number} [work] weights that may be added, about, before fewer digits are taken
 * @returns {DoctorReport | null} null if the digits' classes are not the network's
 */
export function examine(api, model, digits, settings, scalingFound, work) {
  const chosen = digitsFor(api, model, digits, settings.steps, work);
  return chosen && model.examine(chosen.ink, chosen.labels, settings, { scalingFound });
}

/**
 * Examines a network as a framework runs it.
 * @param {AnyApi} api
 * @param {InstanceType<AnyApi['Model']>} model
 * @param {Images} digits
 * @param {string} dialect
 * @returns {DoctorReport | null} null if the digits' classes are not the network's
 */
export function examineDialect(api, model, digits, dialect) {
  const chosen = digitsFor(api, model, digits, STEPS);
  return chosen && model.examineDialect(chosen.ink, chosen.labels, dialect, { steps: STEPS });
}

/**
 * Measures a network as another tool would convert it.
 * @param {AnyApi} api
 * @param {InstanceType<AnyApi['Model']>} model
 * @param {Images} digits
 * @param {number} index of the tool
 * @returns {RecipeAnswer | null} null if the digits' classes are not the network's
 */
export function measureRecipe(api, model, digits, index) {
  const names = api.recipeNames();
  const chosen = digitsFor(api, model, digits, STEPS);
  return (
    chosen && { report: model.measureRecipe(chosen.ink, chosen.labels, names[index]), more: index + 1 < names.length }
  );
}

/**
 * As many digits as do not take too long, as the network sees them.
 * @param {AnyApi} api
 * @param {InstanceType<AnyApi['Model']>} model
 * @param {Images} digits
 * @param {number} steps of a presentation
 * @param {number} [work]
 * @returns {{ ink: Uint8Array, labels: Uint8Array } | null} null if the digits' classes are not the network's
 */
function digitsFor(api, model, { ink, labels }, steps, work) {
  const sizes = [...model.layerSizes()];
  if (labels.some((label) => label >= sizes[sizes.length - 1])) return null;
  const count = countFor(sizes, steps, labels.length, work);
  // Each ten digits have one of every class.
  return { ink: fitImages(api, ink.subarray(0, count * PIXELS), sizes[0]), labels: labels.subarray(0, count) };
}
