// What the network would say if it were stopped at a given time.

/** @import { Recording } from './types.js' */

/**
 * Output spikes after `step` steps.
 * @param {Recording} recording
 * @param {number} step
 * @returns {Uint32Array | number[]} one count a class
 */
export function countsAt(recording, step) {
  const classes = recording.verdict.counts.length;
  if (step < 1) return new Array(classes).fill(0);
  return recording.counts.subarray((step - 1) * classes, step * classes);
}

/**
 * The class that leads after `step` steps, by the simulator's own rule: most spikes, then the highest membrane
 * potential; null where nothing speaks for any.
 * @param {Recording} recording
 * @param {number} step
 * @returns {number | null}
 */
export function leaderAt(recording, step) {
  if (step < 1) return null;
  if (step >= recording.steps) return recording.verdict.digit;
  const counts = countsAt(recording, step);
  const classes = counts.length;
  const potentials = recording.layers[recording.layers.length - 1].membranes.subarray(
    (step - 1) * classes,
    step * classes,
  );
  let best = 0;
  let speaks = false;
  for (let i = 0; i < classes; i++) {
    if (counts[i] > 0 || potentials[i] > 0) speaks = true;
    if (counts[i] > counts[best] || (counts[i] === counts[best] && potentials[i] > potentials[best])) best = i;
  }
  return speaks ? best : null;
}
