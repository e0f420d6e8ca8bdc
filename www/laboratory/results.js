// Results of measurements, and the rates computed from them.

/** @import { Result } from './types.js' */

/** @type {Result} */
export const NO_RESULT = {
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
 * @param {Result} a
 * @param {Result} b measured on other images
 * @returns {Result}
 */
export function addResults(a, b) {
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
 * Shares and means of a result of at least one image.
 * @param {Result} result
 */
export function ratesOf({ images, right, ties, silent, synops, busy }) {
  return {
    accuracy: right / images,
    ties: ties / images,
    silent: silent / images,
    /** Synaptic operations per presentation. */
    synops: synops / images,
    /** Milliseconds of one core per presentation. */
    busy: busy / images,
  };
}

/**
 * Spikes per neuron and presentation, a mean over all hidden layers and over the output.
 * @param {Result} result of at least one image
 * @param {readonly number[]} sizes neurons of each layer, the input first
 */
export function spikesPerNeuron({ images, hiddenSpikes, outputSpikes }, sizes) {
  const hidden = sizes.slice(1, -1).reduce((sum, size) => sum + size, 0);
  return {
    hidden: hidden > 0 ? hiddenSpikes / images / hidden : 0,
    output: outputSpikes / images / sizes[sizes.length - 1],
  };
}

/**
 * The 95 % confidence interval of the accuracy: the score interval of E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", Journal of the American Statistical Association 22 (1927), 209-212.
 * @param {Pick<Result, 'right' | 'images'>} result
 * @returns {[low: number, high: number]}
 */
export function accuracyInterval({ right, images }) {
  const z = 1.96;
  const p = right / images;
  const centre = p + (z * z) / (2 * images);
  const half = z * Math.sqrt((p * (1 - p) + (z * z) / (4 * images)) / images);
  const scale = 1 + (z * z) / images;
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}
