// The results of all plans that were requested. A plan is measured in chunks of images, and no chunk is measured twice.

/** @import { Plan, Result, Task } from './types.js' */

import { keyOf } from './plan.js';
import { addResults, NO_RESULT } from './results.js';

/**
 * Images per chunk. It must not depend on the number of workers: a dialect that keeps its state from image to image resets
 * it at the start of each chunk.
 */
export const CHUNK = 100;

/** Seed of the input spikes. Each image has its own random numbers, derived from it. */
const SEED = 1;

/**
 * @typedef {object} Entry a plan and its results
 * @property {Plan} plan
 * @property {(Result | undefined)[]} chunks
 * @property {number} complete how many chunks are measured, from the first one on without a gap
 * @property {Result} total of the complete chunks
 * @property {Set<number>} running chunks that a worker is measuring
 * @property {string | null} failure why it cannot be measured
 */

/** The entries of plans, made when they are first requested. */
export function createResultStore() {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  return {
    /**
     * @param {Plan} plan
     * @returns {Entry}
     */
    entryOf(plan) {
      const key = keyOf(plan);
      let entry = entries.get(key);
      if (!entry) {
        entry = { plan, chunks: [], complete: 0, total: NO_RESULT, running: new Set(), failure: null };
        entries.set(key, entry);
      }
      return entry;
    },

    /**
     * @param {Plan} plan
     * @returns {Entry | undefined} undefined if it was never requested
     */
    find: (plan) => entries.get(keyOf(plan)),

    /** Forgets which chunks are being measured. Call it when all workers were stopped. */
    stop() {
      for (const { running } of entries.values()) running.clear();
    },
  };
}

/**
 * Chunks that are still to be measured.
 * @param {Entry} entry
 * @param {number} images
 */
export function missingChunks({ complete, failure }, images) {
  return failure ? 0 : Math.max(0, images / CHUNK - complete);
}

/**
 * The task for the next chunk, which counts as running from then on.
 * @param {Entry} entry
 * @param {number} images to measure in all
 * @returns {Task | null} null if every chunk is measured or running
 */
export function nextTaskOf({ plan, chunks, complete, running, failure }, images) {
  if (failure) return null;
  for (let chunk = complete; chunk < images / CHUNK; chunk++) {
    if (chunks[chunk] || running.has(chunk)) continue;
    running.add(chunk);
    return { plan, first: chunk * CHUNK, images: CHUNK, seed: SEED };
  }
  return null;
}

/**
 * @param {Entry} entry
 * @param {Task} task
 * @param {Result} result
 */
export function keepResult(entry, { first }, result) {
  const chunk = first / CHUNK;
  entry.running.delete(chunk);
  entry.chunks[chunk] = result;
  for (let next = entry.chunks[entry.complete]; next; next = entry.chunks[entry.complete]) {
    entry.total = addResults(entry.total, next);
    entry.complete += 1;
  }
}

/**
 * @param {Entry} entry
 * @param {Task} task
 * @param {string} reason
 */
export function keepFailure(entry, { first }, reason) {
  entry.running.delete(first / CHUNK);
  entry.failure = reason;
}
