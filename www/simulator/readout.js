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

/**
 * The recording as far as it does not tell the answer: the outputs do not fire, and nothing is known of the ANN.
 * @param {Recording} recording
 * @returns {Recording}
 */
export function withoutAnswer(recording) {
  const { steps, layers, verdict } = recording;
  const size = verdict.counts.length;
  const silent = {
    size,
    offsets: new Uint32Array(steps + 1),
    neurons: new Uint16Array(0),
    membranes: new Float32Array(steps * size),
  };
  return {
    ...recording,
    layers: [...layers.slice(0, -1), silent],
    counts: new Uint32Array(steps * size),
    winners: new Int16Array(steps).fill(-1),
    verdict: { digit: null, counts: new Array(size).fill(0), decision: null, margin: 0, doubt: null, sure: false },
    ann: { digit: -1, probabilities: new Float32Array(size) },
  };
}
