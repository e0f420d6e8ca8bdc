// What has been measured so far, and what is being measured: requests are divided into tasks for the crew, and the
// tallies that come back are kept, so that nothing is ever measured twice.

/** @import { Plan, Tally, Task } from './types.js' */
/** @import { Images, Parts } from '../simulator/worker-types.js' */

import { imagesFrom } from '../simulator/test-images.js';
import { createCrew } from '../simulator/worker-pool.js';
import { keyOf } from './plan.js';
import { NOTHING, sum } from './tally.js';

/** Sizes of a test, in images: all plans of a request reach one before any goes on to the next. */
export const STAGES = /** @type {const} */ ([200, 1000, 10_000]);

/**
 * Images of a task. Fixed, so that a result does not depend on how many workers there are; dialects that carry their
 * state from image to image start afresh after as many.
 */
const CHUNK = 100;

/** Of the input's spikes; each image has its own stream below it. */
const SEED = 1;

/**
 * @typedef {object} Entry what is known of a plan
 * @property {Plan} plan
 * @property {(Tally | undefined)[]} chunks
 * @property {number} whole chunks that are there without a gap
 * @property {Tally} total of those
 * @property {Set<number>} busy chunks in a worker's hands
 * @property {string | null} failure
 */

/**
 * @typedef {object} Request
 * @property {readonly Entry[]} entries
 * @property {number} images
 * @property {number} left chunks still to come
 * @property {number} chunks
 * @property {(finished: boolean) => void} end
 */

/** @typedef {ReturnType<typeof createBench>} Bench */

/**
 * @param {object} options
 * @param {Parts} options.parts
 * @param {() => Promise<Images>} options.loadImages
 * @param {number} options.cores
 * @param {() => void} options.onChange something was measured, begun or ended
 * @param {(sentence: string) => void} options.onTrouble
 */
export function createBench({ parts, loadImages, cores, onChange, onTrouble }) {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** @type {Request[]} the newest last: what was asked for last is measured first */
  let requests = [];
  /** @type {Images | null} */
  let images = null;
  /** How many requests wait for the images, and how often everything was stopped. */
  let waiting = 0;
  let stops = 0;
  /** @type {'ready' | 'measured' | 'stopped'} */
  let outcome = 'ready';

  const crew = createCrew(parts, cores, {
    hire: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }),
    next,
    imagesOf: ({ first, images: count }) => imagesFrom(/** @type {Images} */ (images), first, count),
    onDone({ plan, first }, /** @type {Tally} */ tally) {
      keep(entryOf(plan), first / CHUNK, tally);
      settle();
    },
    onLost(reason) {
      onTrouble(`A worker stopped (${reason}); its share is done again.`);
    },
    onFail(task, reason) {
      const entry = entryOf(task.plan);
      entry.busy.delete(task.first / CHUNK);
      entry.failure = reason;
      onTrouble(`${task.plan.dialect} could not be measured: ${reason}.`);
      settle();
    },
    onBroken(reason) {
      onTrouble(`No worker could be started: ${reason}.`);
      stop();
    },
  });

  /** @param {Plan} plan */
  function entryOf(plan) {
    const key = keyOf(plan);
    let entry = entries.get(key);
    if (!entry) {
      entry = { plan, chunks: [], whole: 0, total: NOTHING, busy: new Set(), failure: null };
      entries.set(key, entry);
    }
    return entry;
  }

  /**
   * @param {Entry} entry
   * @param {number} chunk
   * @param {Tally} tally
   */
  function keep(entry, chunk, tally) {
    entry.busy.delete(chunk);
    entry.chunks[chunk] = tally;
    for (let next = entry.chunks[entry.whole]; next; next = entry.chunks[entry.whole]) {
      entry.total = sum(entry.total, next);
      entry.whole += 1;
    }
  }

  /** @returns {Task | null} */
  function next() {
    for (const { entries: wanted, images: most } of [...requests].reverse()) {
      for (const stage of STAGES) {
        for (const entry of wanted) {
          const task = taskOf(entry, Math.min(stage, most));
          if (task) return task;
        }
        if (stage >= most) break;
      }
    }
    return null;
  }

  /**
   * The next task of a plan on its way to a number of images.
   * @param {Entry} entry
   * @param {number} upTo
   * @returns {Task | null}
   */
  function taskOf({ plan, chunks, whole, busy, failure }, upTo) {
    if (failure) return null;
    for (let chunk = whole; chunk < upTo / CHUNK; chunk++) {
      if (chunks[chunk] || busy.has(chunk)) continue;
      busy.add(chunk);
      return { plan, first: chunk * CHUNK, images: CHUNK, seed: SEED };
    }
    return null;
  }

  /** Ends the requests that have all they asked for. */
  function settle() {
    for (const request of requests) request.left = leftOf(request);
    const [ended, open] = [requests.filter(({ left }) => left === 0), requests.filter(({ left }) => left > 0)];
    requests = open;
    outcome = 'measured';
    onChange();
    for (const { end } of ended) end(true);
  }

  /** @param {Pick<Request, 'entries' | 'images'>} request */
  function leftOf({ entries: wanted, images: most }) {
    return wanted.reduce((left, { whole, failure }) => left + (failure ? 0 : Math.max(0, most / CHUNK - whole)), 0);
  }

  /** @returns {Promise<boolean>} false where everything was stopped meanwhile */
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

  /** Ends everything that is being measured; what was measured stays. */
  function stop() {
    stops += 1;
    crew.stop();
    for (const { busy } of entries.values()) busy.clear();
    const ended = requests;
    requests = [];
    outcome = 'stopped';
    onChange();
    for (const { end } of ended) end(false);
  }

  return {
    /**
     * Measures plans on the first so many test images. A later request goes before those that are still under way.
     * @param {readonly Plan[]} plans
     * @param {number} count images; a multiple of 100
     * @returns {Promise<boolean>} false where it was stopped
     * @throws {import('../simulator/simulator.js').LoadError} where the test images do not come
     */
    async measure(plans, count) {
      const wanted = plans.map(entryOf);
      for (const entry of wanted) entry.failure = null;
      const left = leftOf({ entries: wanted, images: count });
      if (left === 0) {
        if (requests.length === 0) outcome = 'measured';
        onChange();
        return true;
      }
      if (!images && !(await fetchImages())) return false;
      return new Promise((resolve) => {
        requests.push({ entries: wanted, images: count, left, chunks: left, end: resolve });
        crew.wake();
        onChange();
      });
    },

    stop,

    /**
     * What is known of a plan on the first images, as far as it was measured; null where it was not.
     * @param {Plan} plan
     * @returns {Tally | null}
     */
    tallyOf(plan) {
      const entry = entries.get(keyOf(plan));
      return entry && entry.whole > 0 ? entry.total : null;
    },

    /** @param {Plan} plan @returns {string | null} why it could not be measured */
    failureOf(plan) {
      return entries.get(keyOf(plan))?.failure ?? null;
    },

    /** How the last measuring ended. */
    get outcome() {
      return outcome;
    },

    /** How far all that was asked for has come, in presentations; null where nothing is being measured. */
    get progress() {
      if (requests.length === 0) return waiting > 0 ? { done: 0, all: 0 } : null;
      const [left, all] = requests.reduce(([l, a], { left, chunks }) => [l + left, a + chunks], [0, 0]);
      return { done: (all - left) * CHUNK, all: all * CHUNK };
    },
  };
}
