// Measures how long one presentation takes: one worker presents the drawn samples again and again.

/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { Sample } from '../../pad/samples.js' */
/** @import { Job, Settings } from './types.js' */

import { NORMAL_WIDTH } from '../../simulator/ink.js';
import { digitOf } from '../../simulator/simulator.js';
import { INITIAL } from '../../state/parameters.js';

/** Number of rounds that are timed. */
const ROUNDS = 20;

/** Least duration of a round, ms: the clocks of some browsers give whole milliseconds only. */
const LEAST_ROUND = 60;

/** How long the worker runs before rounds are timed, ms: browsers compile code again once it has run often. */
const WARM_UP = 600;

/**
 * @typedef {object} PresentationTime
 * @property {number} least µs
 * @property {number} median µs
 * @property {number} synops synaptic operations per presentation
 */

/**
 * @param {typeof import('../../pkg/laboratory.js')} api
 * @param {readonly Sample[]} samples
 * @returns {Images} the pictures that the samples become
 */
export function picturesOf(api, samples) {
  const pictures = samples.map(({ id, strokes }) => {
    const pieces = strokes.map((points) => ({ points, width: NORMAL_WIDTH }));
    const digit = digitOf(api, { pieces, picture: null, penWidth: INITIAL.penWidth, framing: 'mnist' });
    if (!digit) throw new Error(`The sample ${id} is blank.`);
    const ink = digit.ink();
    digit.free();
    return [...ink];
  });
  return { ink: new Uint8Array(pictures.flat()), labels: new Uint8Array(samples.map(({ label }) => label)) };
}

/**
 * @param {Images} pictures
 * @param {Settings} settings
 * @returns {Job<PresentationTime>}
 */
export function createPresentationJob(pictures, settings) {
  /** How often the pictures are repeated in a round. Doubled until a round is long enough. */
  let repeats = 1;
  let warmUp = 0;
  /** @type {number[]} µs per presentation in each round */
  let times = [];
  let synops = 0;
  return {
    nextTask: () =>
      times.length < ROUNDS ? { first: 0, images: pictures.labels.length * repeats, plans: [settings] } : null,

    imagesOf({ images }) {
      const { ink, labels } = pictures;
      const repeated = {
        ink: new Uint8Array((ink.length / labels.length) * images),
        labels: new Uint8Array(images),
      };
      for (let at = 0; at < repeated.ink.length; at += ink.length) repeated.ink.set(ink, at);
      for (let at = 0; at < images; at += labels.length) repeated.labels.set(labels, at);
      return repeated;
    },

    onDone({ images }, { busy, synops: operations }) {
      if (busy < LEAST_ROUND) {
        repeats *= 2;
        times = [];
      } else if (warmUp >= WARM_UP) {
        times.push((busy / images) * 1000);
        synops = operations / images;
      }
      warmUp += busy;
    },

    get progress() {
      return { done: times.length, all: ROUNDS, sentence: 'Timing one presentation' };
    },

    get result() {
      if (times.length < ROUNDS) return null;
      const sorted = [...times].sort((a, b) => a - b);
      const middle = ROUNDS / 2;
      return { least: sorted[0], median: (sorted[middle - 1] + sorted[middle]) / 2, synops };
    },
  };
}
