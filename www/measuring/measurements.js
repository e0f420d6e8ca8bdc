// Measures plans on labelled images. Divides requests into tasks for a pool of workers.

/** @import { Images, Parts } from '../simulator/worker-types.js' */
/** @import { Division, Entry, Task } from './result-store.js' */
/** @import { Counted } from './results.js' */

import { imagesFrom } from '../simulator/test-images.js';
import { createWorkerPool } from '../simulator/worker-pool.js';
import { createResultStore, keepFailure, keepResult, missingImages, newEntry, nextTaskOf } from './result-store.js';

/**
 * @template Plan
 * @template {Counted} Result
 * @typedef {object} Request
 * @property {readonly Entry<Plan, Result>[]} entries
 * @property {number} images
 * @property {number} missing how many presentations were missing when it began
 * @property {number} left how many are still missing
 * @property {(finished: boolean) => void} resolve
 */

/**
 * @template Plan
 * @template {Counted} Result
 * @typedef {ReturnType<typeof createMeasurements<Plan, Result>>} Measurements
 */

/**
 * @template Plan
 * @template {Counted} Result
 * @param {object} options
 * @param {Parts} options.parts the simulator and the network
 * @param {() => Worker} options.startWorker its module calls `runTasks` of simulator/worker-tasks.js; its tasks are `Task`s,
 *   and its results have one for each plan of the task
 * @param {number} options.workers
 * @param {() => Promise<Images>} options.loadImages
 * @param {(plan: Plan) => string} options.keyOf equal for plans that measure the same
 * @param {(plan: Plan) => string} options.nameOf for messages
 * @param {(plan: Plan) => string | null} [options.groupOf] equal for plans that a worker measures faster together; null for
 *   one that is measured alone
 * @param {Division} options.division
 * @param {readonly number[]} options.stages numbers of images; all plans of a request are measured on one of them before any
 *   plan continues to the next
 * @param {(plan: Plan) => number} [options.costOf] a guess at the milliseconds of one core per image, for a plan of which
 *   nothing was measured
 * @param {() => void} options.onChange there are new results, or a measurement began or ended
 * @param {(sentence: string) => void} options.onTrouble
 */
export function createMeasurements({ parts, startWorker, workers, loadImages, onChange, onTrouble, ...options }) {
  const { keyOf, nameOf, groupOf = () => null, division, stages, costOf = () => 1 } = options;
  /** @type {ReturnType<typeof createResultStore<Plan, Result>>} */
  const store = createResultStore(keyOf);
  /** @type {Request<Plan, Result>[]} the newest last: it is measured first */
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
    onDone(task, /** @type {readonly Result[]} */ results) {
      for (const [i, plan] of task.plans.entries()) keepResult(store.entryOf(plan), task, results[i]);
      endRequests();
    },
    onRetry(reason) {
      onTrouble(`A worker stopped (${reason}); its task is repeated.`);
    },
    onFail(task, reason) {
      if (keepFailure(task.plans.map(store.entryOf), task, reason)) {
        onTrouble(`${nameOf(task.plans[0])} could not be measured: ${reason}.`);
      }
      endRequests();
    },
    onUnavailable(reason) {
      onTrouble(`No worker could be started: ${reason}.`);
      stop();
    },
  });

  /** @returns {Task<Plan> | null} */
  function nextTask() {
    for (const request of [...requests].reverse()) {
      for (const stage of stages) {
        for (const entry of request.entries) {
          const task = nextTaskOf(entry, Math.min(stage, request.images), division, partnersOf(entry, request));
          if (task) return task;
        }
        if (stage >= request.images) break;
      }
    }
    return null;
  }

  /**
   * The entries of a request that are measured together with one of them.
   * @param {Entry<Plan, Result>} entry
   * @param {Request<Plan, Result>} request
   */
  function partnersOf(entry, { entries }) {
    const group = entry.alone ? null : groupOf(entry.plan);
    return group === null ? [] : entries.filter(({ plan, alone }) => !alone && groupOf(plan) === group);
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
   * @param {readonly Entry<Plan, Result>[]} entries
   * @param {number} count images
   */
  function missing(entries, count) {
    return entries.reduce((sum, entry) => sum + missingImages(entry, count, division), 0);
  }

  /**
   * Seconds that entries will take.
   * @param {readonly Entry<Plan, Result>[]} entries
   * @param {number} count images
   */
  function secondsOf(entries, count) {
    const busy = entries.map((entry) => {
      const each = entry.total ? entry.total.busy / entry.total.images : costOf(entry.plan);
      return each * missingImages(entry, count, division);
    });
    return busy.reduce((sum, each) => sum + each, 0) / workers / 1000;
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
     * Measures plans. A newer request is measured before older ones.
     * @param {readonly Plan[]} plans
     * @param {number} count images; a multiple of the chunk
     * @returns {Promise<boolean>} false if it was stopped
     * @throws {import('../simulator/fetch.js').LoadError} if the images cannot be loaded
     */
    async measure(plans, count) {
      const wanted = plans.map(store.entryOf);
      for (const entry of wanted) entry.failure = null;
      const presentations = missing(wanted, count);
      if (presentations === 0) {
        if (requests.length === 0) outcome = 'finished';
        onChange();
        return true;
      }
      if (!images && !(await fetchImages())) return false;
      return new Promise((resolve) => {
        requests.push({ entries: wanted, images: count, missing: presentations, left: presentations, resolve });
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
      return store.find(plan)?.total ?? null;
    },

    /**
     * @param {Plan} plan
     * @returns {string | null} why it could not be measured
     */
    failureOf(plan) {
      return store.find(plan)?.failure ?? null;
    },

    /** All plans that have results, in the order in which they were requested. @returns {{ plan: Plan, total: Result }[]} */
    all: () => store.all().flatMap(({ plan, total }) => (total ? [{ plan, total }] : [])),

    /**
     * How long it would take to measure plans, seconds. Does not count what is already measured.
     * @param {readonly Plan[]} plans
     * @param {number} count images
     */
    estimate(plans, count) {
      return secondsOf(
        plans.map((plan) => store.find(plan) ?? newEntry(plan)),
        count,
      );
    },

    /** How the last measurement ended. */
    get outcome() {
      return outcome;
    },

    /** Presentations done and requested, and the seconds that are left; null if nothing is being measured. */
    get progress() {
      if (requests.length === 0) return waiting > 0 ? { done: 0, all: 0, seconds: 0 } : null;
      const sum = (/** @type {(request: Request<Plan, Result>) => number} */ of) =>
        requests.reduce((total, request) => total + of(request), 0);
      const [left, all] = [sum((request) => request.left), sum((request) => request.missing)];
      return { done: all - left, all, seconds: sum(({ entries, images: count }) => secondsOf(entries, count)) };
    },
  };
}
