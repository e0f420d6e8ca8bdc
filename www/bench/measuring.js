// One job at a time: a crew does its tasks until there are none, or until it is stopped.

/** @import { Images, Parts } from '../simulator/worker-types.js' */
/** @import { Result, Task } from './types.js' */

import { createCrew } from '../simulator/worker-pool.js';

/**
 * @typedef {object} Job
 * @property {() => Task | null} next the next task, or null where none is left
 * @property {(task: Task) => Images} imagesOf a copy
 * @property {(task: Task, result: Result) => void} onDone
 * @property {{ done: number, all: number }} progress
 */

/** @typedef {ReturnType<typeof createMeasuring>} Measuring */

/**
 * @param {object} options
 * @param {Parts} options.parts of the simulator
 * @param {() => void} options.onChange something was done
 * @param {(sentence: string) => void} options.onTrouble
 */
export function createMeasuring({ parts, onChange, onTrouble }) {
  /** @type {{ job: Job, stop: () => void } | null} */
  let current = null;

  return {
    /**
     * Ends when all of it is done.
     * @param {Job} job
     * @param {number} workers
     * @returns {Promise<boolean>} false where it was stopped
     * @throws {Error} with a sentence for people, where it cannot be done
     */
    async run(job, workers) {
      current?.stop();
      try {
        return await new Promise((resolve, reject) => {
          const crew = createCrew(parts, workers, {
            hire: () => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' }),
            next: job.next,
            imagesOf: job.imagesOf,
            onDone(task, /** @type {Result} */ result) {
              job.onDone(task, result);
              onChange();
              const { done, all } = job.progress;
              if (done === all) end(() => resolve(true));
            },
            onLost: (reason) => onTrouble(`A worker stopped (${reason}); its share is done again.`),
            onFail: (_, reason) => end(() => reject(new Error(`This could not be measured: ${reason}.`))),
            onBroken: (reason) => end(() => reject(new Error(`No worker could be started: ${reason}.`))),
          });
          const end = (/** @type {() => void} */ settle) => {
            crew.stop();
            settle();
          };
          current = { job, stop: () => end(() => resolve(false)) };
          crew.wake();
          onChange();
        });
      } finally {
        if (current?.job === job) current = null;
        onChange();
      }
    },

    /** Ends what is being measured, at once. */
    stop() {
      current?.stop();
    },

    /** How far it has come; null where nothing is being measured. */
    get progress() {
      return current?.job.progress ?? null;
    },
  };
}
