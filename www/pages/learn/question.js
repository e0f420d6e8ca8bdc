// What the chapter on conversion measures of the question's network: for the build and for the reader's browser.

/** @import { Plan } from '../laboratory/types.js' */

import { AS_POSTED, FIXES, withFixes } from '../laboratory/changes.js';
import { planOf } from '../laboratory/plan.js';

/** Test images: the laboratory's first choice. */
export const IMAGES = 200;

/** Seed of the input spikes, as in pages/laboratory/worker.js. */
export const SEED = 1;

/** What is measured, by the names of the facts. @type {Record<string, Plan>} */
export const PLANS = {
  labAnn: planOf('keras'),
  labPosted: AS_POSTED,
  labMended: withFixes(FIXES[FIXES.length - 1]),
};

/** Powers of 2: the factors on every push of the sweep, from too weak to too strong. */
export const SWEEP = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6];

/** The plan of a step of the sweep, in a framework whose defaults lie between balanced and saturated. @param {number} power */
export const sweptPlan = (power) => planOf('snntorch', { overrides: { weight_scale: 2 ** power } });

/** @param {{ right: number, images: number }} result */
export const shareOf = ({ right, images }) => `${((100 * right) / images).toFixed(1)} %`;

/** @typedef {typeof import('../../pkg/laboratory.js')} Api */

/**
 * The votes for a digit in a step of the sweep.
 * @param {Api} api
 * @param {InstanceType<Api['Model']>} model the question's network
 * @param {number} power
 * @param {Uint8Array} ink
 * @returns {number[]}
 */
export function votesAt(api, model, power, ink) {
  const { dialect, overrides, readout, steps } = sweptPlan(power);
  const experiment = new api.Experiment(model, dialect, overrides, readout, steps);
  const digit = api.Digit.fromInk(ink);
  if (!digit) throw new Error('A picture without ink has no votes.');
  const run = experiment.record(digit, SEED);
  const { counts } = run.verdict();
  for (const each of [run, digit, experiment]) each.free();
  return counts;
}
