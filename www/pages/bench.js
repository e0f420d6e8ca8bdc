// The bench's entry: says where its files are, and measures one thing at a time.

/** @import { PresentationTime } from './bench/presentation-job.js' */
/** @import { TestSetResult } from './bench/test-set-job.js' */
/** @import { Job } from './bench/types.js' */
/** @import { Simulator } from '../simulator/load.js' */

import { loadSamples } from '../pad/samples.js';
import { loadSimulator } from '../simulator/load.js';
import { createTestImages } from '../simulator/test-images.js';
import { createPreferences } from '../state/preferences.js';
import { createAlert } from '../ui/alert.js';
import { element, say } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { afterFirstFrame } from '../ui/first-frame.js';
import { createMeasuringStatus } from '../ui/measuring-status.js';
import { loadNewBuild } from '../ui/new-build.js';
import { count, percent } from '../ui/number-format.js';
import { keepOffline } from '../ui/offline.js';
import { markStarted } from '../ui/started.js';
import { createTheme } from '../ui/theme.js';
import { createFigures } from './bench/figures.js';
import { createJobRunner } from './bench/job-runner.js';
import { createPresentationJob, picturesOf } from './bench/presentation-job.js';
import { createTestSetJob } from './bench/test-set-job.js';

const SIMULATOR = {
  glue: new URL('../pkg/laboratory.js', import.meta.url),
  wasm: new URL('../pkg/laboratory_bg.wasm', import.meta.url),
  weights: new URL('../assets/mnist-784-128-10.safetensors', import.meta.url),
};
const SAMPLES = new URL('../assets/samples.json', import.meta.url);
const SERVICE_WORKER = new URL('./service-worker.js', import.meta.url);
const fetchImages = createTestImages({
  images: new URL('../assets/t10k-images-idx3-ubyte.gz', import.meta.url),
  labels: new URL('../assets/t10k-labels-idx1-ubyte.gz', import.meta.url),
});
/** Loads the test images, and asks the browser to keep them. */
async function loadImages() {
  const loaded = await fetchImages();
  keepOffline(SERVICE_WORKER, 'images');
  return loaded;
}
const startWorker = () => new Worker(new URL('../measuring/worker.js', import.meta.url), { type: 'module' });

/** Time steps per presentation. */
const STEPS = 350;

/** Images in MNIST's test set. */
const TEST_IMAGES = 10_000;

const timeButton = element('time', HTMLButtonElement);
const readButton = element('read', HTMLButtonElement);
const trouble = createAlert(element('trouble', HTMLElement), load);
const status = createMeasuringStatus(element('measuring', HTMLElement), () => stop());
/** Stops the measurement. */
let stop = () => {};

/** How many test images are read: all, or as many as the address says, `#images=200`. */
function wantedImages() {
  const wanted = Number(new URLSearchParams(location.hash.slice(1)).get('images'));
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, TEST_IMAGES) : TEST_IMAGES;
}

/** Per second, in billions. @param {number} operations @param {number} seconds */
const billions = (operations, seconds) => (operations / seconds / 1e9).toFixed(1);

async function start() {
  /** @type {Promise<Simulator<typeof import('../pkg/laboratory.js')>>} */
  const loading = loadSimulator(SIMULATOR);
  const [{ api, model, parts }, samples] = await Promise.all([loading, loadSamples(SAMPLES)]);
  const settings = { ...model.defaults(), steps: STEPS };
  const pictures = picturesOf(api, samples);
  const workers = navigator.hardwareConcurrency || 2;
  const runner = createJobRunner({
    parts,
    startWorker,
    onProgress: ({ done, all, sentence }) => status.showProgress(done / all, sentence),
    onTrouble: (sentence) => trouble.show(sentence),
  });
  stop = () => {
    runner.stop();
    status.showEnd('Stopped', false);
  };

  /** @type {ReturnType<typeof createFigures<PresentationTime>>} */
  const presentation = createFigures(element('presentation', HTMLElement), {
    least: ({ least }) => least.toFixed(1),
    median: ({ median }) => median.toFixed(1),
    presentations: ({ median }) => count(Math.round(1e6 / median)),
    synops: ({ synops, median }) => billions(synops, median / 1e6),
  });
  /** @type {ReturnType<typeof createFigures<TestSetResult>>} */
  const testSet = createFigures(element('set', HTMLElement), {
    accuracy: ({ right, images }) => percent(right / images, 2),
    'ann-accuracy': ({ annRight, images }) => percent(annRight / images, 2),
    seconds: ({ seconds }) => seconds.toFixed(2),
    images: ({ images, seconds }) => count(Math.round(images / seconds)),
    'set-synops': ({ synops, seconds }) => billions(synops, seconds),
    workers: () => String(workers),
  });

  /**
   * @template {object} Result
   * @param {{ show: (result: Result | null) => void }} figures
   * @param {number} size workers
   * @param {() => Promise<Job<Result>>} prepare
   * @param {(result: Result) => string} announcementOf for screen readers
   */
  async function measure(figures, size, prepare, announcementOf) {
    trouble.hide();
    figures.show(null);
    try {
      const result = await runner.run(prepare, size);
      if (!result) return;
      figures.show(result);
      status.showEnd('Finished', true, announcementOf(result));
    } catch (error) {
      status.showEnd('Not measured', false);
      trouble.show(messageOf(error));
    }
  }

  const timePresentation = () =>
    measure(
      presentation,
      1,
      async () => createPresentationJob(pictures, settings),
      ({ least }) => `One presentation takes at least ${least.toFixed(0)} microseconds.`,
    );

  const readTestSet = () =>
    measure(
      testSet,
      workers,
      async () => {
        status.showProgress(0, 'Loading the test images');
        return createTestSetJob(await loadImages(), wantedImages(), settings);
      },
      ({ right, images, seconds }) => `${percent(right / images, 2)} read correctly, in ${seconds.toFixed(1)} seconds.`,
    );

  timeButton.disabled = false;
  timeButton.addEventListener('click', timePresentation);
  readButton.disabled = false;
  readButton.addEventListener('click', readTestSet);
  say(element('worker-count', HTMLElement), workers === 1 ? 'one worker' : `${workers} workers`);
  timePresentation();
}

async function load() {
  trouble.hide();
  try {
    await start();
    keepOffline(SERVICE_WORKER, 'bench');
  } catch (error) {
    if (await loadNewBuild()) return;
    trouble.show(messageOf(error), true);
    status.showEnd('Not loaded', false);
  }
  document.body.classList.remove('loading');
}

function nameReadButton() {
  const wanted = wantedImages();
  say(readButton, wanted === TEST_IMAGES ? 'Read all 10,000 test images' : `Read ${count(wanted)} test images`);
}

addEventListener('hashchange', nameReadButton);
nameReadButton();
createTheme(element('theme', HTMLButtonElement), createPreferences());
afterFirstFrame(load);
markStarted();
