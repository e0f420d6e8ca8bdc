// A row of buttons, one for each digit of a picture and one that takes them together. There is none for a single digit.

/** @import { Picture } from '../simulator/types.js' */

import { SIDE } from '../simulator/dimensions.js';
import { channels, readPalette } from '../ui/canvas-surface.js';
import { make, mark } from '../ui/dom.js';
import { paintThumbnail } from './thumbnail.js';

/** @param {(indices: readonly number[]) => void} onChoose */
export function createDigitButtons(onChoose) {
  const together = make('button', { type: 'button', class: 'plain' }, 'As one digit');
  const attributes = { class: 'picture-digits', role: 'group', 'aria-label': 'Digits in the picture' };
  const element = make('div', attributes, together);
  /** @type {{ button: HTMLButtonElement, canvas: HTMLCanvasElement }[]} */
  const digits = [];

  /** @param {number} index */
  function add(index) {
    const canvas = make('canvas', { width: String(SIDE), height: String(SIDE) });
    const button = make('button', { type: 'button', class: 'picture-digit' }, canvas);
    button.addEventListener('click', () => onChoose([index]));
    together.before(button);
    digits.push({ button, canvas });
  }

  together.addEventListener('click', () => onChoose([...digits.keys()]));

  return {
    element,

    /**
     * @param {Picture} picture
     * @param {number} count how many digits it has
     * @param {readonly number[]} indices of those that are read
     */
    show(picture, count, indices) {
      const shown = count > 1 ? count : 0;
      element.hidden = shown === 0;
      // The others are kept, because the one that has the focus must not lose it.
      while (digits.length > shown) digits.pop()?.button.remove();
      while (digits.length < shown) add(digits.length);
      if (shown === 0) return;
      const colour = channels(readPalette(element).ink);
      for (const [i, { button, canvas }] of digits.entries()) {
        const ink = picture.digit(i);
        if (ink) paintThumbnail(canvas, ink, colour);
        const label = `Read number ${i + 1} of ${count}`;
        mark(button, 'aria-label', label);
        mark(button, 'title', label);
        mark(button, 'aria-pressed', indices.length === 1 && indices[0] === i);
      }
      mark(together, 'aria-pressed', indices.length > 1);
      const chosen = indices.length === 1 ? digits[indices[0]].button : together;
      element.scrollLeft = chosen.offsetLeft - (element.clientWidth - chosen.offsetWidth) / 2;
    },
  };
}
