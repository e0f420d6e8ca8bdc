// The results of all plans that were requested. A plan is measured in chunks of images, and no chunk is measured twice.

/** @import { Counted } from './results.js' */

import { addResults } from './results.js';

/**
 * A range of images that a worker presents.
 * @template Plan
 * @typedef {object} Task
 * @property {readonly Plan[]} plans what is measured
 * @property {number} chunk
 * @property {number} first index of the first image
 * @property {number} images
 */

/**
 * How images are divided.
 * @typedef {object} Division
 * @property {number} chunk images per chunk
 * @property {(chunk: number) => number} firstOf index of the first image of a chunk
 */

/**
 * @template Plan
 * @template {Counted} Result
 * @typedef {object} Entry a plan and its results
 * @property {Plan} plan
 * @property {(Result | undefined)[]} chunks
 * @property {number} complete how many chunks are measured, from the first one on without a gap
 * @property {Result | null} total of the complete chunks; null if there are none
 * @property {Set<number>} running chunks that a worker is measuring
 * @property {string | null} failure why it cannot be measured
 * @property {boolean} alone whether it is not measured together with others, because that has failed
 */

/**
 * The entries of plans, made when they are first requested.
 * @template Plan
 * @template {Counted} Result
 * @param {(plan: Plan) => string} keyOf equal for plans that measure the same
 */
export function createResultStore(keyOf) {
  /** @type {Map<string, Entry<Plan, Result>>} */
  const entries = new Map();
  return {
    /**
     * @param {Plan} plan
     * @returns {Entry<Plan, Result>}
     */
    entryOf(plan) {
      const key = keyOf(plan);
      let entry = entries.get(key);
      if (!entry) {
        entry = newEntry(plan);
        entries.set(key, entry);
      }
      return entry;
    },

    /**
     * @param {Plan} plan
     * @returns {Entry<Plan, Result> | undefined} undefined if it was never requested
     */
    find: (plan) => entries.get(keyOf(plan)),

    /** Those that were requested, in that order. */
    all: () => [...entries.values()],

    /** Forgets which chunks are being measured. Call it when all workers were stopped. */
    stop() {
      for (const { running } of entries.values()) running.clear();
    },
  };
}

/**
 * @template Plan
 * @param {Plan} plan
 * @returns {Entry<Plan, any>} nothing of it is measured
 */
export function newEntry(plan) {
  return { plan, chunks: [], complete: 0, total: null, running: new Set(), failure: null, alone: false };
}

/**
 * Images that are still to be measured.
 * @param {Entry<any, any>} entry
 * @param {number} images in all
 * @param {Division} division
 */
export function missingImages({ complete, failure }, images, { chunk }) {
  return failure ? 0 : Math.max(0, images - complete * chunk);
}

/**
 * The task for the next chunk of an entry, and of others that are measured together with it. The chunk counts as running in
 * all of them from then on.
 * @template Plan
 * @param {Entry<Plan, any>} entry
 * @param {number} images to measure in all, a multiple of the chunk
 * @param {Division} division
 * @param {readonly Entry<Plan, any>[]} [others] that can be measured together with it
 * @returns {Task<Plan> | null} null if every chunk is measured or running
 */
export function nextTaskOf(entry, images, { chunk: size, firstOf }, others = []) {
  if (entry.failure) return null;
  for (let chunk = entry.complete; chunk < images / size; chunk++) {
    if (!lacks(entry, chunk)) continue;
    const together = others.filter((other) => other !== entry && !other.failure && lacks(other, chunk));
    const all = [entry, ...together];
    for (const { running } of all) running.add(chunk);
    return { plans: all.map(({ plan }) => plan), chunk, first: firstOf(chunk), images: size };
  }
  return null;
}

/**
 * Whether a chunk is neither measured nor running.
 * @param {Entry<any, any>} entry
 * @param {number} chunk
 */
function lacks({ chunks, running }, chunk) {
  return !chunks[chunk] && !running.has(chunk);
}

/**
 * @template Plan
 * @template {Counted} Result
 * @param {Entry<Plan, Result>} entry
 * @param {Task<Plan>} task
 * @param {Result} result
 */
export function keepResult(entry, { chunk }, result) {
  entry.running.delete(chunk);
  entry.chunks[chunk] = result;
  for (let next = entry.chunks[entry.complete]; next; next = entry.chunks[entry.complete]) {
    entry.total = entry.total ? addResults(entry.total, next) : next;
    entry.complete += 1;
  }
}

/**
 * @param {readonly Entry<any, any>[]} entries those of the plans of the task
 * @param {Task<any>} task
 * @param {string} reason
 * @returns {boolean} whether nothing more can be done; otherwise each of them is measured alone from now on
 */
export function keepFailure(entries, { chunk }, reason) {
  for (const entry of entries) {
    entry.running.delete(chunk);
    if (entries.length > 1) entry.alone = true;
    else entry.failure = reason;
  }
  return entries.length === 1;
}
