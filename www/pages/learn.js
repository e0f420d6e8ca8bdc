// The entry of the page that explains: says where its files are. It shows the text first, and then loads what is live.

import { createTestImages } from '../simulator/test-images.js';
import { createPreferences } from '../state/preferences.js';
import { createAlert } from '../ui/alert.js';
import { element } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { afterFirstFrame } from '../ui/first-frame.js';
import { loadNewBuild } from '../ui/new-build.js';
import { keepOffline } from '../ui/offline.js';
import { markStarted } from '../ui/started.js';
import { createTheme } from '../ui/theme.js';
import { applyAddress, readAddress } from './learn/address.js';

const FILES = {
  simulator: {
    glue: new URL('../pkg/spikepad.js', import.meta.url),
    wasm: new URL('../pkg/spikepad_bg.wasm', import.meta.url),
    weights: new URL('../assets/mnist-784-128-10.safetensors', import.meta.url),
  },
  laboratory: {
    glue: new URL('../pkg/laboratory.js', import.meta.url),
    wasm: new URL('../pkg/laboratory_bg.wasm', import.meta.url),
    weights: new URL('../assets/question-784-128-10.safetensors', import.meta.url),
  },
  samples: new URL('../assets/samples.json', import.meta.url),
  accuracy: new URL('../assets/accuracy.json', import.meta.url),
  loadImages: createTestImages({
    images: new URL('../assets/t10k-images-idx3-ubyte.gz', import.meta.url),
    labels: new URL('../assets/t10k-labels-idx1-ubyte.gz', import.meta.url),
  }),
  startWorker: () => new Worker(new URL('./laboratory/worker.js', import.meta.url), { type: 'module' }),
  module: new URL('spike-pad.js', location.href).href,
};
const SERVICE_WORKER = new URL('./service-worker.js', import.meta.url);

const root = element('chapters', HTMLElement);
const trouble = createAlert(element('trouble', HTMLElement), load);
const chapters = [...root.querySelectorAll('.chapter')].map(({ id }) => id);

/** @param {unknown} error */
async function fail(error) {
  if (await loadNewBuild()) return;
  trouble.show(messageOf(error), true);
}

async function load() {
  trouble.hide();
  try {
    const [{ define }, { start }] = await Promise.all([import('./spike-pad.js'), import('./learn/start.js')]);
    define();
    await start(root, {
      bar: element('bar', HTMLElement),
      built: JSON.parse(element('built', HTMLElement).textContent ?? '{}'),
      files: FILES,
      address: location.href.replace(/#.*/, ''),
      fail,
    });
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
createTheme(element('theme', HTMLButtonElement), createPreferences());
showAddress();
addEventListener('hashchange', showAddress);
addEventListener('beforeprint', unfold);
markStarted();
afterFirstFrame(load);
