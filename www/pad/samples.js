// Sample digits: a button for each class. A sample consists of strokes, which can be changed on the pad.

/** @import { Source, Stroke } from '../simulator/types.js' */

import { fetchJson } from '../simulator/fetch.js';
import { decodeStrokes } from '../state/stroke-codec.js';
import { drawn, make } from '../ui/dom.js';

/** @typedef {{ id: string, label: number, strokes: Stroke[] }} Sample */

/** The classes, with their articles. */
const NAMES = ['a zero', 'a one', 'a two', 'a three', 'a four', 'a five', 'a six', 'a seven', 'an eight', 'a nine'];

/** @param {Source} url of the samples as the build packs them @returns {Promise<Sample[]>} */
export async function loadSamples(url) {
  /** @type {(Omit<Sample, 'strokes'> & { strokes: string })[]} */
  const packed = await fetchJson('The samples', url);
  return packed.map((sample) => ({ ...sample, strokes: decodeStrokes(sample.strokes) ?? [] }));
}

/**
 * Makes a button for each class. Pressing it again takes the next writer's sample.
 * @param {HTMLElement} list
 * @param {readonly Sample[]} samples
 * @param {(sample: Sample) => void} onChoose
 * @returns {(digit: number) => void} chooses a class as its button does
 */
export function createSamples(list, samples, onChoose) {
  const turns = new Array(NAMES.length).fill(0);
  const choose = (/** @type {number} */ digit) => {
    const writers = samples.filter(({ label }) => label === digit);
    if (writers.length === 0) return;
    onChoose(writers[turns[digit] % writers.length]);
    turns[digit] += 1;
  };
  for (const [digit, name] of NAMES.entries()) {
    const sample = samples.find(({ label }) => label === digit);
    if (!sample) continue;
    const attributes = {
      type: 'button',
      class: 'sample',
      title: `Draw ${name}`,
      'aria-label': `Draw a sample ${digit}`,
    };
    const button = make('button', attributes, iconOf(sample));
    button.addEventListener('click', () => choose(digit));
    list.append(make('li', {}, button));
  }
  return choose;
}

/** @param {Sample} sample */
function iconOf({ strokes }) {
  const lines = strokes.map((stroke) => drawn('polyline', { points: stroke.map(([x, y]) => `${x},${y}`).join(' ') }));
  return drawn('svg', { viewBox: '28 28 224 224', 'aria-hidden': 'true' }, ...lines);
}
