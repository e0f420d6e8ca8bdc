// The entry of the page that explains: says where its files are, and connects its chapters.

/** @import { Accuracy } from './views/stop-earlier.js' */
/** @import { Facts, Question, Words } from './learn/types.js' */

import { applyAddress, readAddress } from './learn/address.js';
import { connectLaboratory } from './learn/laboratory-button.js';
import { connectPage } from './learn/page.js';
import { loadSamples } from './pad/samples.js';
import { keepOffline } from './page/offline.js';
import { fetchJson } from './simulator/fetch.js';
import { loadSimulator } from './simulator/load.js';
import { createRecorder } from './simulator/simulator.js';
import { createTestImages } from './simulator/test-images.js';
import { define } from './spike-pad.js';
import { createPreferences } from './state/preferences.js';
import { createAlert } from './ui/alert.js';
import { element } from './ui/dom.js';
import { messageOf } from './ui/errors.js';
import { loadNewBuild } from './ui/new-build.js';
import { markStarted } from './ui/started.js';
import { createTheme } from './ui/theme.js';

const SIMULATOR = {
  glue: new URL('./pkg/spikepad.js', import.meta.url),
  wasm: new URL('./pkg/spikepad_bg.wasm', import.meta.url),
  weights: new URL('./assets/mnist-784-128-10.safetensors', import.meta.url),
};
const LABORATORY = {
  glue: new URL('./pkg/laboratory.js', import.meta.url),
  wasm: new URL('./pkg/laboratory_bg.wasm', import.meta.url),
  weights: new URL('./assets/question-784-128-10.safetensors', import.meta.url),
};
const SAMPLES = new URL('./assets/samples.json', import.meta.url);
const ACCURACY = new URL('./assets/accuracy.json', import.meta.url);
const SERVICE_WORKER = new URL('./service-worker.js', import.meta.url);
const loadImages = createTestImages({
  images: new URL('./assets/t10k-images-idx3-ubyte.gz', import.meta.url),
  labels: new URL('./assets/t10k-labels-idx1-ubyte.gz', import.meta.url),
});

const root = element('chapters', HTMLElement);
const trouble = createAlert(element('trouble', HTMLElement), load);
/** What the build has put into the page. @type {{ words: Record<string, Words>, question: Question }} */
const { words, question } = JSON.parse(element('built', HTMLElement).textContent ?? '{}');
const chapters = [...root.querySelectorAll('.chapter')].map(({ id }) => id);

/** @param {unknown} error */
async function fail(error) {
  if (await loadNewBuild()) return;
  trouble.show(messageOf(error), true);
}

async function start() {
  /** @type {Promise<import('./simulator/load.js').Simulator<typeof import('./pkg/spikepad.js')>>} */
  const loading = loadSimulator(SIMULATOR);
  /** @type {[Awaited<typeof loading>, Awaited<ReturnType<typeof loadSamples>>, Accuracy]} */
  const [{ api, model }, samples, accuracy] = await Promise.all([
    loading,
    loadSamples(SAMPLES),
    fetchJson('The accuracy on test digits', ACCURACY),
  ]);
  const { tell, refresh } = connectPage(root, {
    bar: element('bar', HTMLElement),
    words,
    samples,
    sources: {
      accuracy: accuracy.steps,
      question,
    },
    recorder: createRecorder(api, model),
    module: new URL('spike-pad.js', location.href).href,
    address: location.href.replace(/#.*/, ''),
    fail,
  });
  connectLaboratory(root, {
    tell,
    fail,
    words: words.convert,
    run: async (/** @type {(facts: Facts, share: number) => void} */ onProgress) => {
      const { runQuestion } = await import('./learn/laboratory-run.js');
      const { facts, votesOf } = await runQuestion({
        urls: LABORATORY,
        startWorker: () => new Worker(new URL('./laboratory/worker.js', import.meta.url), { type: 'module' }),
        loadImages,
        onProgress,
      });
      question.votesOf = votesOf;
      refresh('convert');
      return facts;
    },
  });
}

async function load() {
  trouble.hide();
  try {
    await start();
    keepOffline(SERVICE_WORKER, 'learn');
  } catch (error) {
    await fail(error);
  }
  document.body.classList.remove('loading');
}

/** Opens what is folded, for print. */
function unfold() {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
}

const showAddress = () => applyAddress(document.body, readAddress(location.hash, chapters));
const preferences = createPreferences();
createTheme(
  element('theme', HTMLButtonElement),
  () => preferences.now.theme,
  (theme) => preferences.set({ theme }),
  () => {},
);
showAddress();
addEventListener('hashchange', showAddress);
addEventListener('beforeprint', unfold);
markStarted();
// The text is shown first: what the figures need is large.
requestAnimationFrame(() => {
  setTimeout(() => {
    define();
    load();
  });
});
