// Labelled digits in a grid, a row for each class. Those that a network does not read are inverted.

/** @import { Digits } from './answers.js' */

import { channels, createSurface } from '../ui/canvas-surface.js';
import { make, mark, say } from '../ui/dom.js';

/** Digits in a row. */
const ACROSS = 10;

/** Opacity of the ink of a digit that is read. */
const READ = 0.6;

/** @param {string} name of the network that reads them */
export function createDigitGrid(name) {
  const canvas = make('canvas', { role: 'img', 'aria-label': name });
  const number = make('span', { class: 'break-number' }, '–');
  const of = make('span', {}, '');
  const caption = make('figcaption', {}, name, make('p', {}, number, of));
  const element = make('figure', {}, caption, canvas);
  const surface = createSurface(canvas);
  const cell = document.createElement('canvas');
  const context = cell.getContext('2d');
  /** @type {{ digits: Digits, right: readonly boolean[] } | null} */
  let shown = null;

  function draw() {
    surface.context.clearRect(0, 0, surface.width, surface.height);
    if (!shown || !context) return;
    const { digits, right } = shown;
    const { ink, labels } = digits;
    const side = Math.sqrt(ink.length / labels.length);
    const size = surface.width / ACROSS;
    Object.assign(cell, { width: side, height: side });
    const image = context.createImageData(side, side);
    const [dark, light] = [surface.palette.ink, surface.palette.paper].map(channels);
    // The digits come in turns of all classes, and are shown in rows of one.
    const columns = new Map();
    for (const [i, label] of labels.entries()) {
      const column = columns.get(label) ?? 0;
      columns.set(label, column + 1);
      const colour = right[i] ? dark : light;
      for (let pixel = 0; pixel < side * side; pixel++) {
        const alpha = ink[i * side * side + pixel] * (right[i] ? READ : 1);
        image.data.set([...colour, alpha], 4 * pixel);
      }
      context.putImageData(image, 0, 0);
      const [left, top] = [column * size, label * size];
      if (!right[i]) {
        surface.context.fillStyle = surface.palette.ink;
        surface.context.fillRect(left + 0.5, top + 0.5, size - 1, size - 1);
      }
      surface.context.drawImage(cell, left, top, size, size);
    }
  }

  return {
    element,

    /**
     * @param {Digits} digits
     * @param {readonly boolean[]} right which are read
     */
    show(digits, right) {
      shown = { digits, right };
      const read = right.filter(Boolean).length;
      say(number, String(read));
      say(of, ` of ${right.length} read`);
      const wrong = [...digits.labels].filter((_, i) => !right[i]).sort((a, b) => a - b);
      const missed = wrong.length > 0 ? ` Not read: ${wrong.join(', ')}.` : '';
      mark(canvas, 'aria-label', `${name}: ${read} of ${right.length} digits are read.${missed}`);
      draw();
    },

    resize() {
      surface.fit();
      draw();
    },
  };
}
