/** Steps per second at speed 1: a presentation of 350 steps takes 3.5 s. */
export const STEPS_PER_SECOND = 100;

/** The speeds that can be chosen, as factors of STEPS_PER_SECOND. @type {readonly (readonly [speed: number, label: string])[]} */
export const SPEEDS = [
  [1 / 20, '1/20'],
  [1 / 10, '1/10'],
  [1 / 5, '1/5'],
  [1 / 2, '1/2'],
  [1, '1'],
  [2, '2'],
  [5, '5'],
  [10, '10'],
  [50, '50'],
];

/**
 * The speed that is some places further in the list.
 * @param {number} speed one of the list
 * @param {number} by negative: slower
 * @returns {number} the first or the last speed if the list ends before
 */
export function speedAt(speed, by) {
  const place = SPEEDS.findIndex(([each]) => each === speed) + by;
  return SPEEDS[Math.min(Math.max(place, 0), SPEEDS.length - 1)][0];
}
