// Measures plans on test images. Divides requests into tasks for a pool of workers.

/** @import { Images, Parts } from '../simulator/worker-types.js' */
/** @import { Entry } from './result-store.js' */
/** @import { Plan, Result, Task } from './types.js' */

import { imagesFrom } from '../simulator/test-images.js';
import { createWorkerPool } from '../simulator/worker-pool.js';
import { CHUNK, createResultStore, keepFailure, keepResult, missingChunks, nextTaskOf } from './result-store.js';

/** Numbers of images. All plans of a request are measured on one of them before any plan continues to the next. */
const STAGES = [200, 1000, 10_000];

/**
 * @typedef {object} Request
 * @property {readonly Entry[]} entries
 * @property {number} images
 * @property {number} chunks how many chunks were missing when it began
 * @property {number} left how many chunks are still missing
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
  const store = createResultStore();
  /** @type {Request[]} the newest last: it is measured first */
  let requests = [];
  /** @type {Images | null} */
  let images = null;
  /** Requests that wait for the images. */
  let waiting = 0;
  /** How many times everything was stopped. */
  let stops = 0;
  /** @type {'ready' | 'finished' | 'stopped'} */
  let outcome = 'ready';

  const pool = createWorkerPool({
    parts,
    size: workers,
    startWorker,
    nextTask,
    imagesOf: ({ first, images: count }) => imagesFrom(/** @type {Images} */ (images), first, count),
    onDone(task, /** @type {Result} */ result) {
      keepResult(store.entryOf(task.plan), task, result);
      endRequests();
    },
    onRetry(reason) {
      onTrouble(`A worker stopped (${reason}); its task is repeated.`);
    },
    onFail(task, reason) {
      keepFailure(store.entryOf(task.plan), task, reason);
      onTrouble(`${task.plan.dialect} could not be measured: ${reason}.`);
      endRequests();
    },
    onUnavailable(reason) {
      onTrouble(`No worker could be started: ${reason}.`);
      stop();
    },
  });

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

  /** Ends the requests that have all their results. */
  function endRequests() {
    for (const request of requests) request.left = missing(request.entries, request.images);
    const ended = requests.filter(({ left }) => left === 0);
    requests = requests.filter(({ left }) => left > 0);
    outcome = 'finished';
    onChange();
    for (const { resolve } of ended) resolve(true);
  }

  /**
   * @param {readonly Entry[]} entries
   * @param {number} count images
   */
  function missing(entries, count) {
    return entries.reduce((sum, entry) => sum + missingChunks(entry, count), 0);
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
    store.stop();
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
     * @throws {import('../simulator/fetch.js').LoadError} if the test images cannot be loaded
     */
    async measure(plans, count) {
      const wanted = plans.map(store.entryOf);
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
      const entry = store.find(plan);
      return entry && entry.complete > 0 ? entry.total : null;
    },

    /**
     * @param {Plan} plan
     * @returns {string | null} why it could not be measured
     */
    failureOf(plan) {
      return store.find(plan)?.failure ?? null;
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
