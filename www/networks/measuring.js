// Measures how many of the calibration digits a spiking network reads, and asks the doctor why it reads no more.

/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Measured } from './types.js' */

import { changesOf } from '../doctor/apply.js';
import { examine } from '../doctor/examine.js';

/**
 * @param {AnyApi} api
 * @param {Uint8Array} safetensors the network
 * @param {Images} digits
 * @param {boolean} scalingFound was the scaling of the input found by trial?
 * @returns {Measured | null} null if the digits' classes are not the network's
 */
export function measure(api, safetensors, digits, scalingFound) {
  const model = new api.Model(safetensors);
  try {
    const defaults = model.defaults();
    const report = examine(api, model, digits, defaults, scalingFound);
    if (!report) return null;
    const { images, before, advice, apply } = report;
    return {
      of: digits.labels.length,
      images,
      right: Math.round(before.accuracy * images),
      steps: before.steps,
      advice,
      settings: apply.settings && changesOf(apply.settings, defaults),
      changes: apply.network,
    };
  } finally {
    model.free();
  }
}
