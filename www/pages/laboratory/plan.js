// Plans, which say what is to be measured: see `Plan` in types.d.ts.

/** @import { Plan } from './types.js' */

/** Time steps per presentation in the question. */
export const STEPS = 350;

/**
 * @param {string} dialect
 * @param {Partial<Plan>} [rest]
 * @returns {Plan}
 */
export function planOf(dialect, rest = {}) {
  return { dialect, overrides: {}, readout: null, steps: STEPS, ...rest };
}

/**
 * A text that is equal for plans that measure the same.
 * @param {Plan} plan
 */
export function keyOf({ dialect, overrides, readout, steps }) {
  const sorted = Object.entries(overrides).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([dialect, sorted, readout, steps]);
}
