// The page's networks, loaded when the list of networks is opened, a file is dragged over the page, or a link names a network:
// says where the files are that belong to them.

/** @import { Instrument } from '../instrument/instrument.js' */
/** @import { Note } from '../ui/notice.js' */

import { createNetworks } from '../networks/networks.js';
import { keepOffline } from '../ui/offline.js';
import { loadStyles } from '../ui/styles.js';

/**
 * @param {HTMLButtonElement} button
 * @param {Instrument} instrument
 * @param {Note} note
 */
export async function loadNetworks(button, instrument, note) {
  await loadStyles(new URL('../styles/networks.css', import.meta.url));
  return createNetworks(document.body, button, {
    state: instrument.state,
    note,
    importer: {
      glue: new URL('../pkg/formats.js', import.meta.url),
      wasm: new URL('../pkg/formats_bg.wasm', import.meta.url),
      digits: new URL('../assets/calibration-digits.gz', import.meta.url),
      loadSimulator: instrument.prepare,
    },
    question: new URL('../assets/question-784-128-10.safetensors', import.meta.url),
    onUse: () => keepOffline(new URL('./service-worker.js', import.meta.url), 'networks'),
  });
}
