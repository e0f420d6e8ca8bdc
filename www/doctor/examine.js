// Examines a network under some settings.

/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { Images } from '../simulator/worker-types.js' */
/** @import { DoctorReport, Settings } from './types.js' */

import { PIXELS } from '../simulator/dimensions.js';
import { fitImages } from '../simulator/fitting.js';
import { countFor } from './calibration-digits.js';

/**
 * @param {AnyApi} api
 * @param {InstanceType<AnyApi['Model']>} model
 * @param {Images} digits
 * @param {Settings} settings
 * @returns {DoctorReport | null} null if the digits' classes are not the network's
 */
export function examine(api, model, { ink, labels }, settings) {
  const sizes = [...model.layerSizes()];
  if (labels.some((label) => label >= sizes[sizes.length - 1])) return null;
  const count = countFor(sizes, settings.steps, labels.length);
  // Each ten digits have one of every class.
  const fitted = fitImages(api, ink.subarray(0, count * PIXELS), sizes[0]);
  return model.examine(fitted, labels.subarray(0, count), settings, {});
}
