// Asks which digit to read where the drawing seems to be of several.

/** @import { Drawing } from '../pad/drawing.js' */
/** @import { Presentation } from './presentation.js' */

import { SEVERAL } from '../pad/several-words.js';
import { make } from '../ui/dom.js';
import { ordinal } from '../ui/number-format.js';

/** The most digits that there are buttons for. */
const MOST = 4;

/**
 * @param {HTMLElement} root hidden while the drawing is of one digit
 * @param {Drawing} drawing
 * @param {Presentation} presentation
 */
export function createDigitChoice(root, drawing, presentation) {
  let shown = 0;

  /** Leaves only the strokes of one digit on the pad; undo brings the others back. @param {number} index */
  function choose(index) {
    const chosen = presentation.digits[index];
    // The drawing may have changed since the buttons were drawn.
    if (!chosen) return;
    const strokes = chosen.map((stroke) => drawing.strokes[stroke]);
    drawing.replace({ strokes, picture: null });
  }

  /** @param {number} index */
  function button(index) {
    const made = make('button', { type: 'button', class: 'plain' }, `Read the ${ordinal(index + 1)}`);
    made.addEventListener('click', () => choose(index));
    return made;
  }

  return {
    draw() {
      const digits = presentation.digits.length;
      if (digits === shown) return;
      shown = digits;
      root.hidden = digits < 2;
      if (digits < 2) return root.replaceChildren();
      const buttons = Array.from({ length: Math.min(digits, MOST) }, (_, index) => button(index));
      root.replaceChildren(make('span', {}, SEVERAL), ...buttons);
    },
  };
}
