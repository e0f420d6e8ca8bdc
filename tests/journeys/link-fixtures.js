// Links whose recordings must be the same in every engine. Node writes them, so that they do not depend on a browser.

import { writeLink } from '../../www/state/link.js';
import { INITIAL, SETTINGS } from '../../www/state/parameters.js';
import { strokesOf } from '../samples.js';

/** The values of each link that differ from the page's initial state. @type {Record<string, Record<string, unknown>>} */
const STATES = {
  'initial settings': { strokes: strokesOf(7) },
  'thin and uncropped': { strokes: strokesOf(4), penWidth: 9, framing: 'drawn' },
  'not centred': { strokes: strokesOf(2), framing: 'centred' },
  'a picture': { picture: Uint8Array.from({ length: 784 }, (_, i) => (Math.abs((i % 28) - 14) < 2 ? 255 : i % 7)) },
  'long and leaky': { strokes: strokesOf(5), steps: 1000, tauM: 20, seed: 90_210 },
  'short, without leak': { strokes: strokesOf(0), steps: 33, tauM: null, refractory: 2 },
};

// One link for every option of every choice, and one for a number of each kind.
for (const { name, kind } of SETTINGS) {
  if ('options' in kind) {
    for (const { value } of kind.options) {
      STATES[`${name} ${value}`] = { strokes: strokesOf(3), steps: 60, [name]: value };
    }
  }
}
STATES.numbers = { strokes: strokesOf(8), maxRate: 310.5, threshold: 0.7, dt: 0.3, seed: Number.MAX_SAFE_INTEGER };

/** The name of each link, and the hash of its URL. */
export const LINK_FIXTURES = Object.entries(STATES).map(([name, state]) => ({
  name,
  hash: `#${writeLink(/** @type {any} */ ({ ...INITIAL, ...state }), [])}`,
}));
