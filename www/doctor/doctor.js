// Asks a worker for examinations of a network, one at a time.

/** @import { Source } from '../simulator/types.js' */
/** @import { Parts } from '../simulator/worker-types.js' */
/** @import { Answer, DoctorReport, Examination, Question } from './types.js' */

/**
 * @param {{ parts: Parts }} simulator the network, and the simulator for networks of any size
 * @param {Source} digits the labelled digits
 */
export function createDoctor({ parts }, digits) {
  /** @type {Worker | null} */
  let worker = null;
  let giveUp = () => {};

  function start() {
    const started = new Worker(new URL('../doctor/worker.js', import.meta.url), { type: 'module' });
    started.postMessage(/** @type {Question} */ ({ kind: 'load', parts, digits: String(digits) }));
    return started;
  }

  return {
    /**
     * Gives up an examination that has not ended, and begins another.
     * @param {Examination} examination
     * @returns {Promise<DoctorReport | null>} null if it was given up
     * @throws {Error} a sentence for the user
     */
    examine(examination) {
      giveUp();
      worker ??= start();
      const asked = worker;
      return new Promise((resolve, reject) => {
        const listeners = new AbortController();
        const { signal } = listeners;
        giveUp = () => {
          listeners.abort();
          asked.terminate();
          worker = null;
          resolve(null);
        };
        const end = (/** @type {() => void} */ settle) => {
          giveUp = () => {};
          listeners.abort();
          settle();
        };
        asked.addEventListener(
          'message',
          (/** @type {MessageEvent<Answer>} */ { data }) => {
            if (data.kind === 'report') end(() => resolve(data.report));
            else {
              // What could not be loaded is loaded again at the next try.
              asked.terminate();
              worker = null;
              end(() => reject(new Error(data.error)));
            }
          },
          { signal },
        );
        asked.addEventListener(
          'error',
          (event) => {
            event.preventDefault();
            worker = null;
            end(() =>
              reject(new Error(`The network could not be examined: ${event.message || 'the worker did not start'}.`)),
            );
          },
          { signal },
        );
        asked.postMessage(/** @type {Question} */ (examination));
      });
    },

    destroy() {
      giveUp();
      worker?.terminate();
      worker = null;
    },
  };
}
