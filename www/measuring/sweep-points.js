// Which values of a parameter a sweep measures.

/** @import { Axis } from './axis.js' */
/** @import { Counted } from './results.js' */

/** If the accuracies of two neighbouring values differ by more than this, a value between them is measured too. */
const STEEP = 0.06;

/**
 * @template {Counted} Result
 * @typedef {object} Point a value that was measured
 * @property {number} place
 * @property {number | null} value
 * @property {Result} result
 */

/**
 * The places that may be measured, ascending.
 * @param {Axis} axis
 */
function gridOf({ places, finest }) {
  const all = new Set(places);
  for (let place = places[0]; place < places[places.length - 1]; place += finest) all.add(place);
  return [...all].sort((a, b) => a - b);
}

/**
 * The values that were measured, in the order of their places.
 * @template {Counted} Result
 * @param {Axis} axis
 * @param {(value: number | null) => Result | null} resultAt
 * @returns {Point<Result>[]}
 */
export function pointsOf(axis, resultAt) {
  const seen = new Set();
  return gridOf(axis).flatMap((place) => {
    const value = axis.valueAt(place);
    // Values are rounded, so several places may have the same.
    const result = seen.has(value) ? null : resultAt(value);
    seen.add(value);
    return result ? [{ place: axis.placeOf(value), value, result }] : [];
  });
}

/**
 * Values between neighbours whose accuracies differ by more than `STEEP`.
 * @param {Axis} axis
 * @param {readonly Point<Counted>[]} points
 * @returns {(number | null)[]}
 */
export function steepValues(axis, points) {
  const [first] = axis.places;
  return points.slice(1).flatMap((b, i) => {
    const a = points[i];
    const gap = b.place - a.place;
    if (gap <= axis.finest || Math.abs(accuracyOf(a) - accuracyOf(b)) <= STEEP) return [];
    const middle = first + Math.round((a.place + gap / 2 - first) / axis.finest) * axis.finest;
    const value = axis.valueAt(middle);
    return value === a.value || value === b.value ? [] : [value];
  });
}

/**
 * Measures the values of an axis: first those of its places, then more where the curve is steep.
 * @template {Counted} Result
 * @template Plan
 * @param {Axis} axis
 * @param {object} how
 * @param {(value: number | null) => Plan} how.planAt
 * @param {(plan: Plan) => Result | null} how.resultOf
 * @param {(plans: readonly Plan[]) => Promise<boolean>} how.measure resolves with false if it was stopped
 * @param {readonly Plan[]} [how.others] measured with the first values
 * @returns {Promise<boolean>} false if it was stopped
 */
export async function runSweep(axis, { planAt, resultOf, measure, others = [] }) {
  const asked = new Set();
  let values = [...new Set(axis.places.map(axis.valueAt))];
  let more = others;
  while (values.length > 0) {
    for (const value of values) asked.add(value);
    if (!(await measure([...values.map(planAt), ...more]))) return false;
    more = [];
    const points = pointsOf(axis, (value) => resultOf(planAt(value)));
    // One that could not be measured is not tried again.
    values = steepValues(axis, points).filter((value) => !asked.has(value));
  }
  return true;
}

/** @param {Point<Counted>} point */
function accuracyOf({ result: { right, images } }) {
  return right / images;
}
