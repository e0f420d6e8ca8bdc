// Starts what is live on the page: loaded once its text is shown, because what the figures need is large.

/** @import { Accuracy } from '../../views/stop-earlier.js' */
/** @import { Urls } from '../../simulator/load.js' */
/** @import { Images } from '../../simulator/worker-types.js' */
/** @import { Facts, Question, Words } from './types.js' */

import { loadSamples } from '../../pad/samples.js';
import { fetchJson } from '../../simulator/fetch.js';
import { loadSimulator } from '../../simulator/load.js';
import { createRecorder } from '../../simulator/simulator.js';
import { connectLaboratory } from './laboratory-button.js';
import { connectPage } from './page.js';

/**
 * @typedef {object} Files
 * @property {{ glue: URL, wasm: URL, weights: URL }} simulator the pad's
 * @property {Urls} laboratory the laboratory's, with the question's network
 * @property {URL} samples
 * @property {URL} accuracy
 * @property {() => Promise<Images>} loadImages MNIST's test images
 * @property {() => Worker} startWorker of pages/laboratory/worker.js
 * @property {string} module the address of the element, for other pages
 */

/**
 * @param {HTMLElement} root holds the chapters
 * @param {object} options
 * @param {HTMLElement} options.bar shows the digit, and has a list of samples
 * @param {{ words: Record<string, Words>, question: Question }} options.built what the build has put into the page
 * @param {Files} options.files
 * @param {string} options.address of this page, without what is behind the #
 * @param {(error: unknown) => void} options.fail
 */
export async function start(root, { bar, built, files, address, fail }) {
  const { words, question } = built;
  /** @type {Promise<import('../../simulator/load.js').Simulator<typeof import('../../pkg/spikepad.js')>>} */
  const loading = loadSimulator(files.simulator);
  /** @type {[Awaited<typeof loading>, Awaited<ReturnType<typeof loadSamples>>, Accuracy]} */
  const [{ api, model }, samples, accuracy] = await Promise.all([
    loading,
    loadSamples(files.samples),
    fetchJson('The accuracy on test digits', files.accuracy),
  ]);
  const { tell, refresh } = connectPage(root, {
    bar,
    words,
    samples,
    sources: { accuracy: accuracy.steps, question },
    recorder: createRecorder(api, model),
    module: files.module,
    address,
    fail,
  });
  connectLaboratory(root, {
    tell,
    fail,
    words: words.convert,
    run: async (/** @type {(facts: Facts, share: number) => void} */ onProgress) => {
      const { runQuestion } = await import('./laboratory-run.js');
      const { facts, votesOf } = await runQuestion({
        urls: files.laboratory,
        startWorker: files.startWorker,
        loadImages: files.loadImages,
        onProgress,
      });
      question.votesOf = votesOf;
      refresh('convert');
      return facts;
    },
  });
}
