// How long one presentation takes: the drawn samples, again and again, in one worker.

/** @import { Images } from '../simulator/worker-types.js' */
/** @import { Sample } from '../pad/samples.js' */
/** @import { Job } from './measuring.js' */
/** @import { Settings } from './types.js' */

import { NORMAL } from '../simulator/ink.js';
import { digitOf } from '../simulator/simulator.js';
import { INITIAL } from '../state/parameters.js';

/** How often is measured. */
const ROUNDS = 20;

/** The least that is measured in one go, ms: some browsers' clocks tell no less than a whole one. */
const LONG_ENOUGH = 60;

/** How long the worker is at it before anything counts, ms: a browser compiles again what runs often. */
const WARM_UP = 600;

/** @typedef {{ least: number, median: number, synops: number }} Presentation µs, µs, synaptic operations */

/**
 * @param {typeof import('../pkg/spikepad.js')} api
 * @param {readonly Sample[]} samples
 * @returns {Images}
 */
export function draw(api, samples) {
  const inks = samples.map(({ strokes }) => {
    const pieces = strokes.map((points) => ({ points, width: NORMAL }));
    const digit = digitOf(api, { pieces, picture: null, penWidth: INITIAL.penWidth, framing: 'mnist' });
    if (!digit) throw new Error('A sample is blank.');
    const ink = digit.ink();
    digit.free();
    return [...ink];
  });
  return { ink: new Uint8Array(inks.flat()), labels: new Uint8Array(samples.map(({ label }) => label)) };
}

/**
 * @param {Images} drawn
 * @param {Settings} settings
 * @returns {Job & { result: Presentation | null }}
 */
export function timePresentations(drawn, settings) {
  /** How often the samples are repeated in one go. */
  let repeats = 1;
  let warm = 0;
  /** @type {number[]} µs a presentation, of each round */
  let times = [];
  let synops = 0;
  return {
    next: () => (times.length < ROUNDS ? { first: 0, images: drawn.labels.length * repeats, settings } : null),

    imagesOf({ images }) {
      const ink = new Uint8Array((drawn.ink.length / drawn.labels.length) * images);
      const labels = new Uint8Array(images);
      for (let at = 0; at < ink.length; at += drawn.ink.length) ink.set(drawn.ink, at);
      for (let at = 0; at < images; at += drawn.labels.length) labels.set(drawn.labels, at);
      return { ink, labels };
    },

    onDone({ images }, { busy, synops: operations }) {
      if (busy < LONG_ENOUGH) {
        repeats *= 2;
        times = [];
      } else if (warm >= WARM_UP) {
        times.push((busy / images) * 1000);
        synops = operations / images;
      }
      warm += busy;
    },

    get progress() {
      return { done: times.length, all: ROUNDS };
    },

    get result() {
      if (times.length < ROUNDS) return null;
      const sorted = [...times].sort((a, b) => a - b);
      const middle = ROUNDS / 2;
      return { least: sorted[0], median: (sorted[middle - 1] + sorted[middle]) / 2, synops };
    },
  };
}
