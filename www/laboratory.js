// The laboratory's entry: says where its files are, and connects its sections with one another and with the address.

/** @import { Measurements } from './laboratory/measurements.js' */
/** @import { Simulator } from './laboratory/types.js' */

import { readAddress, writeAddress } from './laboratory/address.js';
import { createChangeList } from './laboratory/change-list.js';
import { createMeasurements } from './laboratory/measurements.js';
import { createPair, PEN_WIDTH } from './laboratory/pair.js';
import { createPairPad } from './laboratory/pair-pad.js';
import { createSweep } from './laboratory/sweep.js';
import { createTable } from './laboratory/table.js';
import { createWalkthrough } from './laboratory/walkthrough.js';
import { loadSamples } from './pad/samples.js';
import { keepOffline } from './page/offline.js';
import { createFrames } from './playback/frame-scheduler.js';
import { loadSimulator } from './simulator/load.js';
import { createTestImages } from './simulator/test-images.js';
import { createPreferences } from './state/preferences.js';
import { createAlert } from './ui/alert.js';
import { element } from './ui/dom.js';
import { messageOf } from './ui/errors.js';
import { makeScrollableByKeyboard } from './ui/keyboard-scroll.js';
import { createMeasuringStatus } from './ui/measuring-status.js';
import { loadNewBuild } from './ui/new-build.js';
import { count } from './ui/number-format.js';
import { markStarted } from './ui/started.js';
import { createTheme } from './ui/theme.js';
import { yieldToMain } from './ui/yield-to-main.js';

const SIMULATOR = {
  glue: new URL('./pkg/laboratory.js', import.meta.url),
  wasm: new URL('./pkg/laboratory_bg.wasm', import.meta.url),
  weights: new URL('./assets/question-784-128-10.safetensors', import.meta.url),
};
const SAMPLES = new URL('./assets/samples.json', import.meta.url);
const SERVICE_WORKER = new URL('./service-worker.js', import.meta.url);
const fetchImages = createTestImages({
  images: new URL('./assets/t10k-images-idx3-ubyte.gz', import.meta.url),
  labels: new URL('./assets/t10k-labels-idx1-ubyte.gz', import.meta.url),
});
/** Loads the test images, and asks the browser to keep them. */
async function loadImages() {
  const loaded = await fetchImages();
  keepOffline(SERVICE_WORKER, 'images');
  return loaded;
}
const startWorker = () => new Worker(new URL('./laboratory/worker.js', import.meta.url), { type: 'module' });

/** The choices of the sections, unless the address has others. */
const DEFAULTS = { sweep: 'snntorch', pair: 'snntorch,bindsnet', changes: '' };

/** Draws the sections; there are none until the simulator is loaded. */
let draw = (/** @type {boolean} */ _resized) => {};
const frames = createFrames((_, resized) => draw(resized));
const trouble = createAlert(element('trouble', HTMLElement), load);
const status = createMeasuringStatus(element('measuring', HTMLElement), () => stop());
/** Stops all measurements. */
let stop = () => {};
/** The components that need the simulator. @type {{ destroy: () => void }[]} */
let components = [];

/** How many test images the reader wants to measure. */
function images() {
  return Number(/** @type {HTMLInputElement} */ (document.querySelector('[name="images"]:checked')).value);
}

/** @param {() => Promise<unknown>} work */
async function run(work) {
  trouble.hide();
  try {
    await work();
  } catch (error) {
    trouble.show(messageOf(error));
  }
  frames.ask();
}

/**
 * Shows how far the measurements are.
 * @param {Measurements} measurements
 * @param {number} workers
 */
function showStatus({ progress, outcome }, workers) {
  if (progress) {
    const { done, all } = progress;
    const sentence = all > 0 ? `${count(done)} of ${count(all)} presentations` : 'Loading the test images';
    status.showProgress(all > 0 ? done / all : 0, sentence);
  } else {
    const ready = `${workers} ${workers === 1 ? 'core' : 'cores'} ready`;
    status.showEnd({ ready, finished: 'Finished', stopped: 'Stopped' }[outcome], outcome === 'finished');
  }
}

/**
 * Adds a component to `components`, which are destroyed if a later one cannot be made.
 * @template {{ destroy: () => void }} T
 * @param {T} component
 */
function add(component) {
  components.push(component);
  return component;
}

async function start() {
  /** @type {Simulator} */
  const simulator = await loadSimulator(SIMULATOR);
  const { api, model, parts } = simulator;
  await yieldToMain();
  const sizes = [...model.layerSizes()];
  const dialects = api.dialects();
  const spiking = dialects.filter(({ readouts }) => readouts.length > 0);
  const workers = navigator.hardwareConcurrency || 2;
  const address = { ...DEFAULTS, ...readAddress() };
  const measurements = createMeasurements({
    parts,
    startWorker,
    workers,
    loadImages,
    onChange: () => frames.ask(),
    onTrouble: (sentence) => trouble.show(sentence),
  });
  const laboratory = { dialects, sizes, measurements, images, run };
  stop = measurements.stop;

  await yieldToMain();
  const table = add(createTable(element('table', HTMLElement), laboratory));
  const chooseSweep = (/** @type {string} */ dialect) => {
    writeAddress({ sweep: dialect });
    frames.ask();
  };
  const sweep = add(createSweep(element('sweep', HTMLElement), laboratory, address.sweep, chooseSweep));

  await yieldToMain();
  const network = { weights: sizes.slice(1).map((_, layer) => model.weights(layer)), loadImages };
  const walkthrough = add(createWalkthrough(element('walkthrough', HTMLElement), laboratory, network));
  const chooseChanges = (/** @type {readonly string[]} */ ids) => writeAddress({ changes: ids.join(',') });
  const chosen = address.changes.split(',');
  const changes = add(createChangeList(element('changes', HTMLElement), laboratory, chosen, chooseChanges));
  const pair = add(
    createPair(element('pair', HTMLElement), {
      simulator,
      dialects: spiking,
      chosen: address.pair.split(','),
      onChoose: (names) => writeAddress({ pair: names.join(',') }),
      onChange: () => frames.ask(),
    }),
  );
  add(
    createPairPad(element('pair-pad', HTMLElement), {
      penWidth: PEN_WIDTH,
      loadSamples: () => loadSamples(SAMPLES),
      onDraw: pair.show,
    }),
  );

  draw = (resized) => {
    // First the components that read their size, before a change to the page makes the layout invalid.
    pair.draw(resized);
    sweep.draw(resized);
    showStatus(measurements, workers);
    table.draw();
    walkthrough.draw();
    changes.draw();
  };
  // Only the header is observed: charts and canvases change their width when it does.
  frames.fit([element('masthead', HTMLElement)]);
}

async function load() {
  trouble.hide();
  try {
    await start();
    keepOffline(SERVICE_WORKER, 'laboratory');
  } catch (error) {
    for (const component of components) component.destroy();
    components = [];
    if (await loadNewBuild()) return;
    trouble.show(messageOf(error), true);
    status.showEnd('Not loaded', false);
  }
  document.body.classList.remove('loading');
}

for (const choice of document.querySelectorAll('[name="images"]')) {
  const input = /** @type {HTMLInputElement} */ (choice);
  input.checked ||= input.value === readAddress().images;
  input.addEventListener('change', () => writeAddress({ images: String(images()) }));
}
const preferences = createPreferences();
createTheme(
  element('theme', HTMLButtonElement),
  () => preferences.now.theme,
  (theme) => preferences.set({ theme }),
  () => frames.ask(true),
);
makeScrollableByKeyboard(document.querySelectorAll('.scroll'));
load();
markStarted();
