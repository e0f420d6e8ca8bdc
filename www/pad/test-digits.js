// A card of real digits: MNIST's, ten a class, and some that the network gets wrong. Loaded when it is first opened.

import { decodePicture } from '../state/stroke-codec.js';
import { channels, readPalette } from '../ui/canvas-surface.js';
import { createCard } from '../ui/keys.js';

/** @typedef {{ index: number, label: number, says: number | null, picture: string }} TestDigit */

const SIDE = 28;

/**
 * @param {HTMLButtonElement} button opens the card
 * @param {HTMLDialogElement} card
 * @param {(picture: Uint8Array) => void} onChoose
 */
export function createDigits(button, card, onChoose) {
  const place = /** @type {HTMLElement} */ (card.querySelector('#digits'));
  /** @type {{ right: TestDigit[], wrong: TestDigit[] } | null} */
  let digits = null;

  function fill() {
    if (!digits) return;
    const choose = (/** @type {Uint8Array} */ picture) => {
      card.close();
      onChoose(picture);
    };
    place.replaceChildren(
      ...section('It gets these wrong', digits.wrong, choose),
      ...section('Ten of each', digits.right, choose, 'ten'),
    );
  }

  createCard(button, card);
  button.addEventListener('click', async () => {
    // Anew each time: the colours may be others.
    fill();
    if (digits) return;
    try {
      const response = await fetch(new URL('../assets/digits.json', import.meta.url));
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      digits = await response.json();
      fill();
    } catch (error) {
      place.textContent = `The digits could not be loaded: ${error instanceof Error ? error.message : error}.`;
    }
  });
}

/**
 * @param {string} title
 * @param {readonly TestDigit[]} digits
 * @param {(picture: Uint8Array) => void} choose
 * @param {string} [layout] 'ten' keeps ten in a row together
 * @returns {HTMLElement[]}
 */
function section(title, digits, choose, layout = '') {
  const heading = document.createElement('h3');
  heading.textContent = title;
  const grid = document.createElement('div');
  grid.className = `digits ${layout}`;
  for (const { index, label, says, picture } of digits) {
    const ink = decodePicture(picture);
    if (!ink) continue;
    const wrong = says !== label;
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute(
      'aria-label',
      `Test digit ${index}, a ${label}${wrong ? `, read as ${says ?? 'nothing'}` : ''}`,
    );
    button.title = `Test digit ${index}`;
    button.append(thumbnail(ink), ...(wrong ? [`${label} → ${says ?? '?'}`] : []));
    button.addEventListener('click', () => choose(ink));
    grid.append(button);
  }
  return [heading, grid];
}

/** @param {Uint8Array} ink */
function thumbnail(ink) {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const image = new ImageData(SIDE, SIDE);
  const colour = channels(readPalette().ink);
  for (const [i, alpha] of ink.entries()) image.data.set([...colour, alpha], 4 * i);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
