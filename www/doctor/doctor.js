// Asks a worker to examine or measure a network, one question at a time.

/** @import { Source } from '../simulator/types.js' */
/** @import { Parts } from '../simulator/worker-types.js' */
/** @import { Answer, DoctorReport, Examination, Question, RecipeAnswer, RecipeQuestion } from './types.js' */

/** @typedef {Exclude<Answer, { kind: 'error' }>} Success */

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

  /**
   * Gives up what has not ended, and asks something else.
   * @param {Examination | RecipeQuestion} question
   * @returns {Promise<Success | null>} null if it was given up
   * @throws {Error} a sentence for the user
   */
  function ask(question) {
    giveUp();
    worker ??= start();
    const asked = worker;
    return new Promise((resolve, reject) => {
      const listeners = new AbortController();
      const { signal } = listeners;
      giveUp = () => {
        giveUp = () => {};
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
          if (data.kind !== 'error') end(() => resolve(data));
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
      asked.postMessage(/** @type {Question} */ (question));
    });
  }

  return {
    /**
     * Gives up what has not ended, and examines the network.
     * @param {Examination} examination
     * @returns {Promise<DoctorReport | null>} null if it was given up
     * @throws {Error} a sentence for the user
     */
    async examine(examination) {
      const answer = await ask(examination);
      return answer?.kind === 'report' ? answer.report : null;
    },

    /**
     * Gives up what has not ended, and measures the network as another tool would convert it.
     * @param {number} index of the tool
     * @returns {Promise<RecipeAnswer | null>} null if it was given up
     * @throws {Error} a sentence for the user
     */
    async measureRecipe(index) {
      const answer = await ask({ kind: 'recipe', index });
      return answer?.kind === 'recipe' ? answer : null;
    },

    /** Gives up what has not ended. */
    stop: () => giveUp(),

    destroy() {
      giveUp();
      worker?.terminate();
      worker = null;
    },
  };
}
