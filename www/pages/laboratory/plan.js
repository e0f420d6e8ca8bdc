// Plans, which say what is to be measured: see `Plan` in types.d.ts.

/** @import { Plan, Simulator } from './types.js' */

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

/**
 * Which plans a worker measures together because they share work.
 * @param {Pick<Simulator['api'], 'sharedWork'>} api
 * @returns {(plan: Plan) => string | null} equal for plans that share work; null for one that shares none
 */
export function groupsOf(api) {
  /** @type {Map<string, string | null>} */
  const known = new Map();
  return (plan) => {
    const key = keyOf(plan);
    let group = known.get(key);
    if (group === undefined) {
      group = sharedWork(api, plan);
      known.set(key, group);
    }
    return group;
  };
}

/**
 * @param {Pick<Simulator['api'], 'sharedWork'>} api
 * @param {Plan} plan
 */
function sharedWork(api, { dialect, overrides, steps }) {
  try {
    const work = api.sharedWork(dialect, overrides);
    return work === undefined ? null : `${work} ${steps}`;
  } catch {
    // The worker that measures it says what is wrong.
    return null;
  }
}
