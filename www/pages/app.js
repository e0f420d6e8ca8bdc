// The page's entry: says where its files are, and connects its instrument to samples, keys, address bar, theme and cards.

/** @import { Sample } from '../pad/samples.js' */

import { createInstrument } from '../instrument/instrument.js';
import { createFileDrop, isImage } from '../pad/image-import.js';
import { createSamples, loadSamples } from '../pad/samples.js';
import { SHIPPED_SIZES } from '../simulator/dimensions.js';
import { moduleError } from '../simulator/fetch.js';
import { createPreferences } from '../state/preferences.js';
import { element, make } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { loadNewBuild } from '../ui/new-build.js';
import { createNote } from '../ui/notice.js';
import { keepOffline } from '../ui/offline.js';
import { markStarted } from '../ui/started.js';
import { loadStyles } from '../ui/styles.js';
import { createTheme } from '../ui/theme.js';
import { createTrouble } from '../ui/trouble.js';
import { createAddressBar } from './app/address-bar.js';
import { createExplanations } from './app/explanations.js';
import { createHelp } from './app/help.js';
import { createNetworkButton } from './app/network-button.js';
import { createShortcuts } from './app/shortcuts.js';
import { createTestDigits } from './app/test-digits.js';
import { welcome } from './app/welcome.js';

const serviceWorker = new URL('./service-worker.js', import.meta.url);

/** What had been done to the drawing when a link brought it: see `Drawing.actions`. */
let shared = 0;

/** @param {string} words */
function sayWhose(words) {
  element('draw-title', HTMLElement).lastChild?.replaceWith(words);
}

const preferences = createPreferences();
const note = createNote(element('note', HTMLElement));
const pictures = {
  glue: new URL('../pkg/pictures.js', import.meta.url),
  wasm: new URL('../pkg/pictures_bg.wasm', import.meta.url),
};
const networks = createNetworkButton(element('network', HTMLButtonElement), note, async (button) => {
  const { loadNetworks } = await import('./networks.js');
  return loadNetworks(button, instrument, note);
});
const instrument = createInstrument(element('instrument', HTMLElement), {
  assets: {
    glue: new URL('../pkg/spikepad.js', import.meta.url),
    wasm: new URL('../pkg/spikepad_bg.wasm', import.meta.url),
    weights: new URL('../assets/mnist-784-128-10.safetensors', import.meta.url),
    others: {
      glue: new URL('../pkg/laboratory.js', import.meta.url),
      wasm: new URL('../pkg/laboratory_bg.wasm', import.meta.url),
    },
    pictures,
    accuracy: new URL('../assets/accuracy.json', import.meta.url),
    digits: new URL('../assets/calibration-digits.gz', import.meta.url),
    testImages: {
      images: new URL('../assets/t10k-images-idx3-ubyte.gz', import.meta.url),
      labels: new URL('../assets/t10k-labels-idx1-ubyte.gz', import.meta.url),
    },
  },
  onUse: (what) => keepOffline(serviceWorker, what),
  ids: '',
  note,
  expectedSizes: SHIPPED_SIZES,
  weightsOf: networks.weightsOf,
  changeNetwork: networks.change,
  workbench: {
    async doctor() {
      const [view, { createDoctor }] = await Promise.all([
        import('../doctor/doctor-view.js'),
        import('../doctor/doctor.js'),
      ]);
      return { ...view, createDoctor };
    },
    measuring: () => import('../measuring/measuring-panel.js'),
  },
  embedding: {
    page: new URL('embed.html', location.href).href,
    module: new URL('spike-pad.js', location.href).href,
    whole: new URL('.', location.href).href,
    link: () => address.link(),
  },
  onMissing() {
    // The address brings the drawing back when the page is loaded again.
    if (!instrument.drawing.temporary) address.saveNow();
    return loadNewBuild();
  },
  onChange(change) {
    if (shared && instrument.drawing.actions !== shared) {
      shared = 0;
      sayWhose('Your digit');
    }
    if (change !== 'ink') fool?.update();
    if (change === 'ink') address.wait();
    else if (!instrument.drawing.temporary) address.save();
  },
});
const address = createAddressBar(document.body, instrument, note);
createExplanations(document.body);
element('copy-link', HTMLButtonElement).addEventListener('click', address.copy);

/** The game, once it was asked for. @type {ReturnType<typeof import('./app/fool-it.js')['createFoolIt']> | null} */
let fool = null;
const foolButton = element('fool', HTMLButtonElement);
foolButton.addEventListener('click', async () => {
  try {
    const { createFoolIt } = await import('./app/fool-it.js');
    fool ??= createFoolIt(element('instrument-frame', HTMLElement), foolButton, instrument);
    fool.toggle();
  } catch (error) {
    note.show(messageOf(await moduleError('“Fool it”', error)));
  }
});

createTheme(element('theme', HTMLButtonElement), preferences, () => instrument.redraw(true));

const openAbout = createHelp(
  document.body,
  element('help', HTMLButtonElement),
  element('help-card', HTMLDialogElement),
  note,
  {
    shortcuts: () => preferences.now.shortcuts,
    setShortcuts: (shortcuts) => preferences.set({ shortcuts }),
  },
);

createShortcuts(document, {
  singleKeys: () => preferences.now.shortcuts,
  hides: address.hides,
  perform(action) {
    if (action === 'help') openAbout();
    else if (action.startsWith('sample-')) drawSample(Number(action.at(-1)));
    else instrument.perform(action);
  },
});

createFileDrop(document, {
  wanted: () => !(address.hides('samples') && address.hides('network')),
  async onFiles(files) {
    const [part, take] = (await isImage(files[0]))
      ? ['samples', () => instrument.takeImage(files[0])]
      : ['network', () => networks.open(files)];
    if (!address.hides(part)) take();
  },
  onDrag(over, type) {
    const { classList } = instrument.root;
    // A file that is no picture may be a network.
    if (over && !classList.contains('dropping') && !type.startsWith('image/')) networks.prepare();
    classList.toggle('dropping', over);
  },
});
createTestDigits(element('more', HTMLButtonElement), element('digits-card', HTMLDialogElement), {
  url: new URL('../assets/digits.json', import.meta.url),
  onPicture: (picture) => instrument.drawing.replace({ strokes: [], picture }),
  onFile: instrument.takeImage,
  pictures,
  answer: instrument.answer,
  // What the network says to them is known of the page's own only.
  hidesAnswer: () => address.hidesAnswer() || !instrument.ownNetwork,
});

address.read();
if (!instrument.drawing.blank) {
  shared = instrument.drawing.actions;
  sayWhose('A shared drawing. Draw yours.');
}
instrument.load();
instrument.ready.then(() => {
  keepOffline(serviceWorker, 'pad');
  loadStyles(new URL('../styles/late.css', import.meta.url)).catch(async (error) => {
    note.show(messageOf(await moduleError('The look of some parts of the page', error)));
  });
});

const samplesList = element('samples', HTMLElement);
/** Loads the samples; where that fails, the visitor is told in their place, and can try again. @returns {Promise<Sample[]>} */
async function fetchSamples() {
  try {
    return await loadSamples(new URL('../assets/samples.json', import.meta.url));
  } catch (error) {
    return new Promise((resolve) => {
      const trouble = createTrouble(messageOf(error), () => {
        place.remove();
        resolve(fetchSamples());
      });
      const place = make('li', {}, trouble);
      samplesList.append(place);
    });
  }
}
const samples = fetchSamples();
/** Draws a sample. A sample that is requested before the samples are loaded is drawn once they are. */
const chooseSample = samples.then((all) =>
  createSamples(samplesList, all, ({ strokes }) => instrument.drawSample(strokes)),
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
  // A visitor who follows a link wants to see what it shows.
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (all.length === 0 || location.hash !== '' || preferences.now.welcomed || still) return;
  welcome(() => {
    if (!instrument.drawing.blank) return;
    preferences.set({ welcomed: true });
    instrument.drawSample(all[Math.floor(Math.random() * all.length)].strokes, true);
  });
});
markStarted();
