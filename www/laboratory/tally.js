// Sums over images, and the rates that are read from them.

/** @import { Tally } from './types.js' */

/** Neurons of the hidden and the output layer. */
const HIDDEN = 128;
const OUTPUT = 10;

/** @type {Tally} */
export const NOTHING = {
  images: 0,
  right: 0,
  ties: 0,
  silent: 0,
  inputSpikes: 0,
  hiddenSpikes: 0,
  outputSpikes: 0,
  synops: 0,
  busy: 0,
};

/**
 * @param {Tally} a
 * @param {Tally} b of other images
 * @returns {Tally}
 */
export function sum(a, b) {
  return {
    images: a.images + b.images,
    right: a.right + b.right,
    ties: a.ties + b.ties,
    silent: a.silent + b.silent,
    inputSpikes: a.inputSpikes + b.inputSpikes,
    hiddenSpikes: a.hiddenSpikes + b.hiddenSpikes,
    outputSpikes: a.outputSpikes + b.outputSpikes,
    synops: a.synops + b.synops,
    busy: a.busy + b.busy,
  };
}

/**
 * Shares and means of a tally of at least one image.
 * @param {Tally} tally
 */
export function ratesOf(tally) {
  const { images } = tally;
  return {
    accuracy: tally.right / images,
    ties: tally.ties / images,
    silent: tally.silent / images,
    /** Spikes of a neuron in one presentation. */
    hidden: tally.hiddenSpikes / images / HIDDEN,
    output: tally.outputSpikes / images / OUTPUT,
    /** Weights added because a spike arrived, in one presentation. */
    synops: tally.synops / images,
    /** Milliseconds of one core. */
    busy: tally.busy / images,
  };
}

/**
 * Where the accuracy of all such images lies with 95 % confidence: Wilson's score interval (1927).
 * @param {Pick<Tally, 'right' | 'images'>} tally
 * @returns {[low: number, high: number]}
 */
export function interval({ right, images }) {
  const z = 1.96;
  const p = right / images;
  const centre = p + (z * z) / (2 * images);
  const half = z * Math.sqrt((p * (1 - p) + (z * z) / (4 * images)) / images);
  const scale = 1 + (z * z) / images;
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}
