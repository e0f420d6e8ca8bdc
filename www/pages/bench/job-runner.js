// Runs one job at a time on a pool of workers.

/** @import { Parts } from '../../simulator/worker-types.js' */
/** @import { Job, TaskResult } from './types.js' */

import { createWorkerPool } from '../../simulator/worker-pool.js';

/**
 * @param {object} options
 * @param {Parts} options.parts the simulator and the network
 * @param {() => Worker} options.startWorker see worker.js
 * @param {(progress: Job<unknown>['progress']) => void} options.onProgress
 * @param {(sentence: string) => void} options.onTrouble
 */
export function createJobRunner({ parts, startWorker, onProgress, onTrouble }) {
  /** Increases with every run and stop, so that a run can tell whether it is still wanted. */
  let generation = 0;
  /** Ends the job that is running. */
  let endCurrent = () => {};

  /**
   * @param {Job<unknown>} job
   * @param {number} workers
   * @returns {Promise<boolean>} false if it was stopped
   */
  function perform(job, workers) {
    return new Promise((resolve, reject) => {
      const pool = createWorkerPool({
        parts,
        size: workers,
        startWorker,
        nextTask: job.nextTask,
        imagesOf: job.imagesOf,
        onDone(task, /** @type {TaskResult[]} */ [result]) {
          job.onDone(task, result);
          onProgress(job.progress);
          if (job.result) end(() => resolve(true));
        },
        onRetry: (reason) => onTrouble(`A worker stopped (${reason}); its task is repeated.`),
        onFail: (_, reason) => end(() => reject(new Error(`This could not be measured: ${reason}.`))),
        onUnavailable: (reason) => end(() => reject(new Error(`No worker could be started: ${reason}.`))),
      });
      /** @param {() => void} settle */
      const end = (settle) => {
        endCurrent = () => {};
        pool.stop();
        settle();
      };
      endCurrent = () => end(() => resolve(false));
      pool.start();
      onProgress(job.progress);
    });
  }

  /** Stops the job that is running or about to run. */
  function stop() {
    generation += 1;
    endCurrent();
  }

  return {
    /**
     * Stops the previous job, and runs another.
     * @template Result
     * @param {() => Promise<Job<Result>>} prepare
     * @param {number} workers
     * @returns {Promise<Result | null>} null if it was stopped
     * @throws {Error} with a sentence for the reader, if the job cannot be done
     */
    async run(prepare, workers) {
      stop();
      const own = generation;
      try {
        const job = await prepare();
        if (own !== generation || !(await perform(job, workers))) return null;
        return job.result;
      } catch (error) {
        if (own !== generation) return null;
        throw error;
      }
    },

    stop,
  };
}
