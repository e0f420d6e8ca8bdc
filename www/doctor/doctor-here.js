// Examines a network in the page's own thread: a figure in somebody else's page starts no worker.

/** @import { AnyApi } from '../simulator/simulator.js' */
/** @import { Source } from '../simulator/types.js' */
/** @import { Parts } from '../simulator/worker-types.js' */
/** @import { Doctor } from './types.js' */

import { yieldToMain } from '../ui/yield-to-main.js';
import { digitsOf, fetchCalibrationDigits, weightsIn } from './calibration-digits.js';
import { examine } from './examine.js';

/** Weights that an examination may add, about, before it takes fewer digits: the page stands still meanwhile. */
const WORK = 2e9;

/** A larger network would make the page stand still for more than about a second. */
const MOST_WEIGHTS = 1_000_000;

/**
 * @param {{ api: AnyApi, parts: Parts }} simulator
 * @param {Source} digits the labelled digits
 * @returns {Promise<Doctor>}
 */
export async function createDoctor({ api, parts }, digits) {
  const file = await fetchCalibrationDigits(digits);
  const whole = new api.Model(parts.weights);
  const model = parts.damage ? whole.damaged(parts.damage) : whole;
  if (model !== whole) whole.free();
  const images = digitsOf(file.plain);
  let destroyed = false;
  return {
    async examine({ settings, scalingFound }) {
      // The sentence that says so is shown first.
      await yieldToMain();
      if (destroyed) return null;
      if (weightsIn([...model.layerSizes()]) > MOST_WEIGHTS) {
        const most = MOST_WEIGHTS.toLocaleString('en');
        throw new Error(`A figure examines networks of up to ${most} weights. Open this one on Spikepad’s own page.`);
      }
      return examine(api, model, images, settings, scalingFound, WORK);
    },

    destroy() {
      destroyed = true;
      model.free();
    },
  };
}
