// Measures plans on test images. A request is divided into tasks for a pool of workers; their results are kept, so that
// nothing is measured twice.

/** @import { Plan, Result, Task } from './types.js' */
/** @import { Images, Parts } from '../simulator/worker-types.js' */

import { imagesFrom } from '../simulator/test-images.js';
import { createWorkerPool } from '../simulator/worker-pool.js';
import { keyOf } from './plan.js';
import { addResults, NO_RESULT } from './results.js';

/** Numbers of images. All plans of a request reach one of them before any plan goes on to the next. */
const STAGES = [200, 1000, 10_000];

/**
 * Images per task. It does not depend on the number of workers, because dialects that keep their state from image to
 * image start afresh with each task.
 */
const CHUNK = 100;

/** Seed of the input spikes. Each image has a random stream of its own, derived from it. */
const SEED = 1;

/**
 * @typedef {object} Entry a plan and its results
 * @property {Plan} plan
 * @property {(Result | undefined)[]} chunks the result of each task
 * @property {number} complete chunks measured from the first one on, without a gap
 * @property {Result} total of the complete chunks
 * @property {Set<number>} running chunks that a worker is measuring
 * @property {string | null} failure why it cannot be measured
 */

/**
 * @typedef {object} Request
 * @property {readonly Entry[]} entries
 * @property {number} images
 * @property {number} chunks chunks that were missing at its start
 * @property {number} left chunks that are still missing
 * @property {(finished: boolean) => void} resolve
 */

/** @typedef {ReturnType<typeof createMeasurements>} Measurements */

/**
 * @param {object} options
 * @param {Parts} options.parts the simulator and the network
 * @param {() => Worker} options.startWorker see worker.js
 * @param {number} options.workers
 * @param {() => Promise<Images>} options.loadImages
 * @param {() => void} options.onChange there are new results, or a measurement began or ended
 * @param {(sentence: string) => void} options.onTrouble
 */
export function createMeasurements({ parts, startWorker, workers, loadImages, onChange, onTrouble }) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** @type {Request[]} the newest last: it is measured first */
  let requests = [];
  /** @type {Images | null} */
  let images = null;
  /** Requests that wait for the images. */
  let waiting = 0;
  /** How often everything was stopped. */
  let stops = 0;
  /** @type {'ready' | 'finished' | 'stopped'} */
  let outcome = 'ready';

  const pool = createWorkerPool({
    parts,
    size: workers,
    startWorker,
    nextTask,
    imagesOf: ({ first, images: count }) => imagesFrom(/** @type {Images} */ (images), first, count),
    onDone({ plan, first }, /** @type {Result} */ result) {
      keepResult(entryOf(plan), first / CHUNK, result);
      endRequests();
    },
    onRetry(reason) {
      onTrouble(`A worker stopped (${reason}); its task is repeated.`);
    },
    onFail(task, reason) {
      const entry = entryOf(task.plan);
      entry.running.delete(task.first / CHUNK);
      entry.failure = reason;
      onTrouble(`${task.plan.dialect} could not be measured: ${reason}.`);
      endRequests();
    },
    onUnavailable(reason) {
      onTrouble(`No worker could be started: ${reason}.`);
      stop();
    },
  });

  /** @param {Plan} plan */
  function entryOf(plan) {
    const key = keyOf(plan);
    let entry = entries.get(key);
    if (!entry) {
      entry = { plan, chunks: [], complete: 0, total: NO_RESULT, running: new Set(), failure: null };
      entries.set(key, entry);
    }
    return entry;
  }

  /**
   * @param {Entry} entry
   * @param {number} chunk
   * @param {Result} result
   */
  function keepResult(entry, chunk, result) {
    entry.running.delete(chunk);
    entry.chunks[chunk] = result;
    for (let next = entry.chunks[entry.complete]; next; next = entry.chunks[entry.complete]) {
      entry.total = addResults(entry.total, next);
      entry.complete += 1;
    }
  }

  /** @returns {Task | null} */
  function nextTask() {
    for (const request of [...requests].reverse()) {
      for (const stage of STAGES) {
        for (const entry of request.entries) {
          const task = nextTaskOf(entry, Math.min(stage, request.images));
          if (task) return task;
        }
        if (stage >= request.images) break;
      }
    }
    return null;
  }

  /**
   * @param {Entry} entry
   * @param {number} most images to measure
   * @returns {Task | null}
   */
  function nextTaskOf({ plan, chunks, complete, running, failure }, most) {
    if (failure) return null;
    for (let chunk = complete; chunk < most / CHUNK; chunk++) {
      if (chunks[chunk] || running.has(chunk)) continue;
      running.add(chunk);
      return { plan, first: chunk * CHUNK, images: CHUNK, seed: SEED };
    }
    return null;
  }

  /** Ends the requests that have all they asked for. */
  function endRequests() {
    for (const request of requests) request.left = missing(request.entries, request.images);
    const ended = requests.filter(({ left }) => left === 0);
    requests = requests.filter(({ left }) => left > 0);
    outcome = 'finished';
    onChange();
    for (const { resolve } of ended) resolve(true);
  }

  /**
   * Chunks that are still to be measured.
   * @param {readonly Entry[]} wanted
   * @param {number} count images
   */
  function missing(wanted, count) {
    return wanted.reduce(
      (sum, { complete, failure }) => sum + (failure ? 0 : Math.max(0, count / CHUNK - complete)),
      0,
    );
  }

  /** @returns {Promise<boolean>} false if everything was stopped meanwhile */
  async function fetchImages() {
    const before = stops;
    waiting += 1;
    onChange();
    try {
      images = await loadImages();
    } finally {
      waiting -= 1;
      onChange();
    }
    return stops === before;
  }

  /** Ends all measurements; the results so far are kept. */
  function stop() {
    stops += 1;
    pool.stop();
    for (const { running } of entries.values()) running.clear();
    const ended = requests;
    requests = [];
    outcome = 'stopped';
    onChange();
    for (const { resolve } of ended) resolve(false);
  }

  return {
    /**
     * Measures plans on the first test images. A newer request is measured before older ones.
     * @param {readonly Plan[]} plans
     * @param {number} count images; a multiple of 100
     * @returns {Promise<boolean>} false if it was stopped
     * @throws {import('../simulator/simulator.js').LoadError} if the test images cannot be loaded
     */
    async measure(plans, count) {
      const wanted = plans.map(entryOf);
      for (const entry of wanted) entry.failure = null;
      const chunks = missing(wanted, count);
      if (chunks === 0) {
        if (requests.length === 0) outcome = 'finished';
        onChange();
        return true;
      }
      if (!images && !(await fetchImages())) return false;
      return new Promise((resolve) => {
        requests.push({ entries: wanted, images: count, chunks, left: chunks, resolve });
        pool.start();
        onChange();
      });
    },

    stop,

    /**
     * @param {Plan} plan
     * @returns {Result | null} what was measured of it so far
     */
    resultOf(plan) {
      const entry = entries.get(keyOf(plan));
      return entry && entry.complete > 0 ? entry.total : null;
    },

    /**
     * @param {Plan} plan
     * @returns {string | null} why it could not be measured
     */
    failureOf(plan) {
      return entries.get(keyOf(plan))?.failure ?? null;
    },

    /** How the last measurement ended. */
    get outcome() {
      return outcome;
    },

    /** Presentations done and requested; null if nothing is being measured. */
    get progress() {
      if (requests.length === 0) return waiting > 0 ? { done: 0, all: 0 } : null;
      const [left, all] = requests.reduce(([l, a], request) => [l + request.left, a + request.chunks], [0, 0]);
      return { done: (all - left) * CHUNK, all: all * CHUNK };
    },
  };
}
