// A card of MNIST's test digits: ten of each class, and some that the network gets wrong. They are loaded when the card is
// first opened.

/** @import { Colour } from '../pad/thumbnail.js' */

import { createThumbnail } from '../pad/thumbnail.js';
import { fetchJson } from '../simulator/fetch.js';
import { decodePicture } from '../state/stroke-codec.js';
import { channels, readPalette } from '../ui/canvas-surface.js';
import { createCard } from '../ui/card.js';
import { find, make } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { createTrouble } from '../ui/trouble.js';

/** @typedef {{ index: number, label: number, says: number | null, picture: string }} TestDigit */

/**
 * @param {HTMLButtonElement} button opens the card
 * @param {HTMLDialogElement} card has an element with the id `digits`, and one that takes a file
 * @param {URL} url of the file of digits
 * @param {(picture: Uint8Array) => void} onPicture 28 x 28 pixels of ink
 * @param {(file: File) => void} onFile
 * @param {() => boolean} hidesAnswer must nothing tell what the network says?
 */
export function createTestDigits(button, card, url, onPicture, onFile, hidesAnswer) {
  const place = find(card, '#digits', HTMLElement);
  const input = find(card, 'input[type=file]', HTMLInputElement);
  /** @type {{ right: TestDigit[], wrong: TestDigit[] } | null} */
  let digits = null;

  function fill() {
    if (!digits) return;
    const colour = channels(readPalette(card).ink);
    const choose = (/** @type {Uint8Array} */ picture) => {
      card.close();
      onPicture(picture);
    };
    const { wrong, right } = digits;
    if (hidesAnswer()) {
      const all = [...right, ...wrong].map((digit) => ({ ...digit, says: digit.label }));
      place.replaceChildren(...section('Test digits', all, colour, choose, 'ten'));
      return;
    }
    place.replaceChildren(
      ...section('The network gets these wrong', wrong, colour, choose),
      ...section('Ten of each', right, colour, choose, 'ten'),
    );
  }

  async function load() {
    try {
      digits = await fetchJson('The digits', url);
      fill();
    } catch (error) {
      place.replaceChildren(createTrouble(messageOf(error), load));
    }
  }

  createCard(button, card);
  button.addEventListener('click', () => {
    // Redrawn at every opening, because the theme may have changed.
    fill();
    if (!digits) load();
  });
  input.addEventListener('change', () => {
    card.close();
    const [file] = input.files ?? [];
    if (file) onFile(file);
    input.value = '';
  });
}

/**
 * @param {string} title
 * @param {readonly TestDigit[]} digits
 * @param {Colour} colour of the ink
 * @param {(picture: Uint8Array) => void} choose
 * @param {string} [layout] 'ten' keeps ten in a row together
 * @returns {HTMLElement[]}
 */
function section(title, digits, colour, choose, layout = '') {
  const grid = make('div', { class: `digits ${layout}` });
  for (const { index, label, says, picture } of digits) {
    const ink = decodePicture(picture);
    if (!ink) continue;
    const wrong = says !== label;
    const name = `Test digit ${index}, a ${label}${wrong ? `, read as ${says ?? 'nothing'}` : ''}`;
    const button = make(
      'button',
      { type: 'button', 'aria-label': name, title: `Test digit ${index}` },
      createThumbnail(ink, colour),
      ...(wrong ? [`${label} → ${says ?? '?'}`] : []),
    );
    button.addEventListener('click', () => choose(ink));
    grid.append(button);
  }
  return [make('h3', {}, title), grid];
}
