// A page that holds several instruments: the entry that instances.spec.js bundles.

import { mountInstrument } from '../../../www/instrument/mount.js';

/** The names of the built page's files: serve.js puts them here. @type {Record<string, string>} */
// @ts-expect-error: a name that the bundler replaces
const FILES = globalThis.BUILT_FILES;

/** The built page, one folder up. */
const base = new URL('../', location.href);

/**
 * @param {string} id of the element that the instrument is put into
 * @param {string} [styles] the address of its style sheet; if given, the instrument is in a shadow root
 */
async function mount(id, styles) {
  const element = /** @type {HTMLElement} */ (document.getElementById(id));
  const host = styles ? element.attachShadow({ mode: 'open' }) : element;
  if (host instanceof ShadowRoot && styles) {
    const sheet = new CSSStyleSheet();
    await sheet.replace(await (await fetch(styles)).text());
    host.adoptedStyleSheets = [sheet];
  }
  const instrument = mountInstrument(host, {
    assets: {
      glue: new URL(FILES.glue, base),
      wasm: new URL(FILES.wasm, base),
      weights: new URL(FILES.weights, base),
      pictures: { glue: new URL(FILES.picturesGlue, base), wasm: new URL(FILES.picturesWasm, base) },
      accuracy: new URL(FILES.accuracy, base),
    },
    expectedSizes: [784, 128, 10],
  });
  await instrument.ready;
  return instrument;
}

Object.assign(window, { mount });
