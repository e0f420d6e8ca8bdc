// The page: puts its instrument together with its samples, keys, address bar, theme and cards, and says where its files are.

import { createInstrument } from './instrument/instrument.js';
import { createImageDrop } from './pad/image-import.js';
import { createSamples, loadSamples } from './pad/samples.js';
import { createAddressBar } from './page/address-bar.js';
import { createExplanations } from './page/explanations.js';
import { keepOffline } from './page/offline.js';
import { createShortcuts } from './page/shortcuts.js';
import { createTestDigits } from './page/test-digits.js';
import { welcome } from './page/welcome.js';
import { createPreferences } from './state/preferences.js';
import { createCard } from './ui/card.js';
import { element } from './ui/dom.js';
import { createNote } from './ui/notice.js';
import { createTheme } from './ui/theme.js';

const asset = (/** @type {string} */ path) => new URL(path, import.meta.url);

const preferences = createPreferences();
const note = createNote(element('note', HTMLElement));
const instrument = createInstrument(element('instrument', HTMLElement), {
  assets: {
    glue: asset('./pkg/spikepad.js'),
    wasm: asset('./pkg/spikepad_bg.wasm'),
    weights: asset('./assets/mnist-784-128-10.safetensors'),
    accuracy: asset('./assets/accuracy.json'),
  },
  ids: '',
  note,
  expectedSizes: [784, 128, 10],
  onChange(change) {
    if (change === 'ink') address.wait();
    else if (!instrument.drawing.temporary) address.save();
  },
});
const address = createAddressBar(document.body, instrument, note);
createExplanations(document.body);
element('copy-link', HTMLButtonElement).addEventListener('click', address.copy);

createTheme(
  element('theme', HTMLButtonElement),
  () => preferences.now.theme,
  (theme) => preferences.set({ theme }),
  () => instrument.redraw(true),
);

const openHelp = createCard(element('help', HTMLButtonElement), element('help-card', HTMLDialogElement));
const singleKeys = element('shortcuts', HTMLInputElement);
singleKeys.checked = preferences.now.shortcuts;
singleKeys.addEventListener('change', () => preferences.set({ shortcuts: singleKeys.checked }));

createShortcuts(document, {
  singleKeys: () => preferences.now.shortcuts,
  hides: address.hides,
  perform(action) {
    if (action === 'help') openHelp();
    else if (action.startsWith('sample-')) drawSample(Number(action.at(-1)));
    else instrument.perform(action);
  },
});

createImageDrop(document, {
  wanted: () => !address.hides('samples'),
  onFile: instrument.takeImage,
  onDrag: (over) => instrument.root.classList.toggle('dropping', over),
});
createTestDigits(
  element('more', HTMLButtonElement),
  element('digits-card', HTMLDialogElement),
  asset('./assets/digits.json'),
  (picture) => instrument.drawing.replace({ strokes: [], picture }),
  instrument.takeImage,
  address.hidesAnswer,
);

address.read();
instrument.load();
instrument.ready.then(() => keepOffline(asset('./service-worker.js')));

const samples = loadSamples(asset('./assets/samples.json')).catch((error) => {
  console.error(error);
  return [];
});
const chooseSample = samples.then((all) =>
  createSamples(element('samples', HTMLElement), all, ({ strokes }) => instrument.drawSample(strokes)),
);

/**
 * Draws a sample, once they are loaded, unless the visitor has done something else to the drawing by then.
 * @param {number} digit
 */
async function drawSample(digit) {
  const asked = instrument.drawing.announce();
  const choose = await chooseSample;
  if (instrument.drawing.actions === asked) choose(digit);
}

Promise.all([samples, instrument.ready]).then(([all]) => {
  // Those who follow a link came for what it shows.
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (all.length === 0 || location.hash !== '' || preferences.now.welcomed || still) return;
  welcome(() => {
    if (!instrument.drawing.blank) return;
    preferences.set({ welcomed: true });
    instrument.drawSample(all[Math.floor(Math.random() * all.length)].strokes, true);
  });
});
