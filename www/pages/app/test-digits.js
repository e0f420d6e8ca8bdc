// A card of digits to read: a picture from a file or the camera, and MNIST's test digits, ten of each class and some that the
// network gets wrong. They are loaded when the card is first opened.

/** @import { Colour } from '../../pad/thumbnail.js' */
/** @import { Verdict } from '../../simulator/types.js' */

import { createThumbnail } from '../../pad/thumbnail.js';
import { fetchJson, moduleError } from '../../simulator/fetch.js';
import { decodePicture } from '../../state/stroke-codec.js';
import { channels, readPalette } from '../../ui/canvas-surface.js';
import { createCard } from '../../ui/card.js';
import { find, make } from '../../ui/dom.js';
import { messageOf } from '../../ui/errors.js';
import { createTrouble } from '../../ui/trouble.js';

/** @typedef {{ index: number, label: number, says: number | null, picture: string }} TestDigit */

/**
 * @param {HTMLButtonElement} button opens the card
 * @param {HTMLDialogElement} card has an element with the id `digits`, two that take a file, and a button for the camera
 * @param {object} options
 * @param {URL} options.url of the file of digits
 * @param {(picture: Uint8Array) => void} options.onPicture 28 x 28 pixels of ink
 * @param {(file: Blob | ImageBitmap) => void} options.onFile
 * @param {{ glue: URL, wasm: URL }} options.pictures what reads pictures
 * @param {(ink: Uint8Array) => Verdict | null} options.answer what the network says to a digit
 * @param {() => boolean} options.hidesAnswer must nothing tell what the network says?
 */
export function createTestDigits(button, card, { url, onPicture, onFile, pictures, answer, hidesAnswer }) {
  const place = find(card, '#digits', HTMLElement);
  const camera = find(card, '#camera', HTMLButtonElement);
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

  async function startCamera() {
    try {
      const { openCamera } = await import('../../pad/camera.js').catch(async (error) => {
        throw await moduleError('The part of the page that shows the camera', error);
      });
      card.close();
      openCamera(card, { urls: pictures, answer: (ink) => (hidesAnswer() ? null : answer(ink)), onPicture: onFile });
    } catch (error) {
      place.before(createTrouble(messageOf(error), startCamera));
    }
  }

  createCard(button, card);
  button.addEventListener('click', () => {
    // Redrawn at every opening, because the theme may have changed.
    fill();
    if (!digits) load();
  });
  for (const name of ['#file', '#photo']) {
    const input = find(card, name, HTMLInputElement);
    input.addEventListener('change', () => {
      card.close();
      const [file] = input.files ?? [];
      if (file) onFile(file);
      input.value = '';
    });
  }
  camera.addEventListener('click', startCamera);
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
