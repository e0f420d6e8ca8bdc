// The laboratory's entry: says where its files are, and connects its sections with one another and with the address.

/** @import { Simulator } from './laboratory/types.js' */

import { createNetworkStore } from '../networks/store.js';
import { loadSamples } from '../pad/samples.js';
import { createFrames } from '../playback/frame-scheduler.js';
import { loadSimulator } from '../simulator/load.js';
import { createTestImages } from '../simulator/test-images.js';
import { createPreferences } from '../state/preferences.js';
import { createAlert } from '../ui/alert.js';
import { element } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { afterFirstFrame } from '../ui/first-frame.js';
import { makeScrollableByKeyboard } from '../ui/keyboard-scroll.js';
import { loadNewBuild } from '../ui/new-build.js';
import { keepOffline } from '../ui/offline.js';
import { markStarted } from '../ui/started.js';
import { createTheme } from '../ui/theme.js';
import { readAddress, writeAddress } from './laboratory/address.js';
import { createMeasuringBar } from './laboratory/measuring-bar.js';
import { createNetworkChoice, QUESTION } from './laboratory/network-choice.js';
import { createSections } from './laboratory/sections.js';

const SIMULATOR = {
  glue: new URL('../pkg/laboratory.js', import.meta.url),
  wasm: new URL('../pkg/laboratory_bg.wasm', import.meta.url),
  weights: new URL('../assets/question-784-128-10.safetensors', import.meta.url),
};
const OWN_NETWORK = new URL('../assets/mnist-784-128-10.safetensors', import.meta.url);
const DIGITS = new URL('../assets/calibration-digits.gz', import.meta.url);
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
const startWorker = () => new Worker(new URL('./laboratory/worker.js', import.meta.url), { type: 'module' });

const trouble = createAlert(element('trouble', HTMLElement), load);
const networks = createNetworkChoice(element('network', HTMLSelectElement), {
  store: createNetworkStore(),
  own: OWN_NETWORK,
  chosen: readAddress().network ?? QUESTION,
  onChoose(name) {
    writeAddress({ network: name });
    load();
  },
});
/** The sections; null until the simulator and the network are loaded. @type {{ now: ReturnType<typeof createSections> | null }} */
const sections = { now: null };
/** How often loading was begun: the last counts. */
let attempts = 0;
const frames = createFrames((_, resized) => sections.now?.draw(resized));
const bar = createMeasuringBar(document.body, { onChoose: () => frames.ask() });

/** @param {() => boolean} outdated */
async function start(outdated) {
  /** @type {Simulator} */
  const loaded = await loadSimulator(SIMULATOR);
  await networks.fill();
  const chosen = await networks.find(readAddress().network ?? QUESTION);
  if (outdated()) return;
  const { api, parts } = loaded;
  const model = chosen.bytes ? new api.Model(chosen.bytes) : loaded.model;
  const weights = chosen.bytes ?? parts.weights;
  sections.now = createSections(document.body, {
    simulator: { api, model, parts: { ...parts, weights } },
    startWorker,
    loadImages,
    loadSamples: () => loadSamples(SAMPLES),
    digits: DIGITS,
    bar,
    trouble,
    onChange: () => frames.ask(),
    onDestroy() {
      if (chosen.bytes) model.free();
    },
  });
  await sections.now.ready;
  // Only the header is observed: charts and canvases change their width when it does.
  frames.fit([element('masthead', HTMLElement)]);
  frames.ask(true);
}

function clear() {
  sections.now?.destroy();
  sections.now = null;
}

async function load() {
  attempts += 1;
  const own = attempts;
  trouble.hide();
  clear();
  try {
    await start(() => own !== attempts);
    keepOffline(SERVICE_WORKER, 'laboratory');
  } catch (error) {
    if (own !== attempts) return;
    clear();
    if (await loadNewBuild()) return;
    trouble.show(messageOf(error), true);
    bar.showFailure();
  }
  document.body.classList.remove('loading');
}

createTheme(element('theme', HTMLButtonElement), createPreferences(), () => frames.ask(true));
makeScrollableByKeyboard(document.querySelectorAll('.scroll'));
afterFirstFrame(load);
markStarted();
