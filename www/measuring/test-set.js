// Measurements of a network under any settings, on MNIST's test images.

/** @import { Images, Parts } from '../simulator/worker-types.js' */
/** @import { Measurements as Of } from './measurements.js' */
/** @import { Settings, SettingsResult } from './types.js' */

import { createMeasurements } from './measurements.js';

/** Images in MNIST's test set. */
export const TEST_IMAGES = 10_000;

/** Images of a shorter measurement: a chunk of each quarter of the set, because its first half is easier to read. */
export const SOME_IMAGES = 1000;

/** Images per chunk: enough that handing them out costs little, and few enough that no worker waits long for the last one. */
const CHUNK = 250;

/** Chunks in a quarter of the test set. */
const QUARTER = TEST_IMAGES / 4 / CHUNK;

/** @typedef {Of<Settings, SettingsResult>} Measurements */

/**
 * Index of the first image of a chunk. Every run of four chunks has one of each quarter of the set.
 * @param {number} chunk
 */
export function firstOf(chunk) {
  return ((chunk % 4) * QUARTER + Math.floor(chunk / 4)) * CHUNK;
}

/**
 * A text that is equal for settings that are equal.
 * @param {Settings} settings
 */
export function keyOf(settings) {
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * @param {object} options
 * @param {Parts} options.parts the simulator for networks of any size, and the network
 * @param {() => Promise<Images>} options.loadImages
 * @param {() => void} options.onChange
 * @param {(sentence: string) => void} options.onTrouble
 * @returns {Measurements} images are a multiple of 250
 */
export function measureTestSet(options) {
  return createMeasurements({
    ...options,
    startWorker: () => new Worker(new URL('../measuring/worker.js', import.meta.url), { type: 'module' }),
    workers: navigator.hardwareConcurrency || 2,
    keyOf,
    nameOf: () => 'This network',
    division: { chunk: CHUNK, firstOf },
    stages: [SOME_IMAGES, TEST_IMAGES],
  });
}
