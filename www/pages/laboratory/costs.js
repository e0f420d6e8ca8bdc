// Guesses at how long presentations take, before anything was measured. What was measured in this browser takes their place.

/** @import { Dialect, Plan } from './types.js' */

import { STEPS } from './plan.js';

/** Weights of the question's network. */
const WEIGHTS = 101_632;

/**
 * Milliseconds of one core per image of 350 steps: for one spike per pixel and step at most, for about 25 as in the question's
 * input, for a constant input, and without spikes (measured 2026-11 with the question's network, in Chromium on one core of the machine of
 * docs/performance.md).
 */
const COSTS = { usual: 1.7, many: 13, constant: 0.5, none: 0.06 };

/** The drive from which on a full pixel makes many spikes in a step. */
const MANY = 1000;

/**
 * @param {readonly Dialect[]} dialects
 * @param {readonly number[]} sizes neurons of each layer, the input first
 * @returns {(plan: Plan) => number} ms of one core per image
 */
export function costsOf(dialects, sizes) {
  const weights = sizes.slice(1).reduce((sum, size, layer) => sum + size * sizes[layer], 0);
  return ({ dialect, overrides, steps }) => {
    const { facts = null, isConverted = false } = dialects.find(({ name }) => name === dialect) ?? {};
    if (!facts) return (COSTS.none * weights) / WEIGHTS;
    const many = facts.drive > MANY && !('input_amplitude' in overrides || 'input_scale' in overrides);
    const cost = isConverted ? COSTS.constant : many ? COSTS.many : COSTS.usual;
    return (cost * steps * weights) / STEPS / WEIGHTS;
  };
}
