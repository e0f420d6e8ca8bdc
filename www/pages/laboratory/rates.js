// Rates of a dialect, computed from its counts.

/** @import { Result } from './types.js' */

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
