// Guesses at how long presentations take, before anything was measured. What was measured in this browser takes their place.

/** @import { Dialect, Plan } from './types.js' */

import { planOf, STEPS } from './plan.js';

/** Weights of the question's network. */
const WEIGHTS = 101_632;

/**
 * Milliseconds of one core per image of 350 steps: for the neurons, and for what dialects can share, with one spike per pixel
 * and step at most or with about 25 as in the question's input; all for a constant input, and without spikes (measured 2026-11 with
 * the question's network by `npm run laboratory-table`).
 */
const COSTS = { neurons: 0.3, usual: 0.8, many: 7, constant: 0.35, none: 0.01 };

/** The drive from which on a full pixel makes many spikes in a step. */
const MANY = 1000;

/**
 * @param {readonly Dialect[]} dialects
 * @param {readonly number[]} sizes neurons of each layer, the input first
 * @param {(plan: Plan) => string | null} groupOf equal for plans that share work
 * @returns {(plan: Plan) => number} ms of one core per image, where all dialects are measured that share work with it
 */
export function costsOf(dialects, sizes, groupOf) {
  const weights = sizes.slice(1).reduce((sum, size, layer) => sum + size * sizes[layer], 0);
  const groups = dialects.map(({ name }) => groupOf(planOf(name)));
  return (plan) => {
    const { dialect, overrides, steps } = plan;
    const { facts = null, isConverted = false } = dialects.find(({ name }) => name === dialect) ?? {};
    if (!facts) return (COSTS.none * weights) / WEIGHTS;
    const many = facts.drive > MANY && !('input_amplitude' in overrides || 'input_scale' in overrides);
    const group = groupOf(plan);
    const sharing = Math.max(1, groups.filter((other) => other === group).length);
    const cost = isConverted ? COSTS.constant : COSTS.neurons + (many ? COSTS.many : COSTS.usual) / sharing;
    return (cost * steps * weights) / STEPS / WEIGHTS;
  };
}
