// The network's answer if it were stopped at a given step.

/** @import { Recording } from './types.js' */

/**
 * Output spikes after `step` steps.
 * @param {Recording} recording
 * @param {number} step
 * @returns {Uint32Array | number[]} one count per class
 */
export function countsAt(recording, step) {
  const classes = recording.verdict.counts.length;
  if (step < 1) return new Array(classes).fill(0);
  return recording.counts.subarray((step - 1) * classes, step * classes);
}

/**
 * The class that leads after `step` steps; null if no class has any evidence.
 * @param {Recording} recording
 * @param {number} step
 * @returns {number | null}
 */
export function leaderAt({ winners, steps }, step) {
  const leader = step < 1 ? -1 : winners[Math.min(step, steps) - 1];
  return leader < 0 ? null : leader;
}
