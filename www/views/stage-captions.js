// The captions above the stage: one per column, as wide as the column.

/** @import { Geometry } from './geometry.js' */

import { make, say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { inputShape, layerName } from './layers.js';

/** Room for the name of a hidden layer with its size, and without, CSS pixels; one caption names layers that are closer. */
const ROOM = { sized: 92, named: 64 };

/** @param {HTMLElement} element holds the captions of the input, of one hidden layer and of the output, or nothing */
export function createStageCaptions(element) {
  if (element.childElementCount === 0) {
    element.append(captionOf('What it sees '), captionOf('Hidden '), make('h3', { class: 'caption last' }, 'Output'));
  }
  const [input, hidden, output] = /** @type {HTMLElement[]} */ ([...element.children]);
  /** @type {HTMLElement[]} of the hidden layers after the first */
  let others = [];

  return {
    /** @param {Geometry} geometry */
    fit({ sizes, columns }) {
      if (sizes.length === 0) return;
      const layers = sizes.slice(1, -1);
      const distance = layers.length > 1 ? columns[2].left - columns[1].left : Number.POSITIVE_INFINITY;
      const joined = distance < ROOM.named;
      const { columns: across, rows } = inputShape(sizes[0]);
      say(sizeIn(input), `${across} × ${rows}`);

      const shown = joined ? layers.slice(0, 1) : layers;
      for (const other of others) other.remove();
      others = shown.slice(1).map(() => captionOf(''));
      output.before(...others);
      hidden.hidden = shown.length === 0;
      for (const [i, size] of shown.entries()) {
        const caption = i === 0 ? hidden : others[i - 1];
        nameIn(caption).data = joined ? `${layers.length} hidden layers ` : `${layerName(sizes, i + 1)} `;
        say(sizeIn(caption), distance < ROOM.sized ? '' : count(size));
      }

      const first = columns[1];
      const last = columns[columns.length - 2];
      const hiddenWidths = joined
        ? [last.left + last.width - first.left]
        : columns.slice(1, -1).map(({ width }) => width);
      const widths = [columns[0].width, ...hiddenWidths, columns[columns.length - 1].width];
      element.style.gridTemplateColumns = widths.map((width) => `${width}px`).join(' ');
    },

    destroy() {
      for (const other of others) other.remove();
    },
  };
}

/** @param {string} name */
function captionOf(name) {
  return make('h3', { class: 'caption' }, name, make('span', {}));
}

/** @param {HTMLElement} caption @returns {HTMLElement} */
function sizeIn(caption) {
  return caption.querySelector('span') ?? caption.appendChild(make('span', {}));
}

/** The text of a caption, which may follow a link to an explanation. @param {HTMLElement} caption @returns {Text} */
function nameIn(caption) {
  return [...caption.childNodes].find((node) => node instanceof Text) ?? caption.appendChild(new Text());
}
