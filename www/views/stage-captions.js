// The captions above the stage: one per column, as wide as the column.

/** @import { Geometry } from './geometry.js' */

import { make, say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { inputShape, layerName } from './layers.js';

/** A caption needs this much room, CSS pixels; where hidden layers are closer, one caption names all of them. */
const ROOM = 76;

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
      const apart = columns.length > 3 && columns[2].left - columns[1].left < ROOM;
      const shown = apart ? layers.slice(0, 1) : layers;
      const { columns: across, rows } = inputShape(sizes[0]);
      say(sizeIn(input), `${across} × ${rows}`);
      for (const other of others) other.remove();
      others = shown.slice(1).map((size, i) => {
        const other = captionOf(`${layerName(sizes, i + 2)} `);
        say(sizeIn(other), count(size));
        output.before(other);
        return other;
      });
      hidden.hidden = shown.length === 0;
      if (shown.length > 0) {
        say(sizeIn(hidden), apart ? '' : count(layers[0]));
        nameIn(hidden).data = apart ? `${layers.length} hidden layers ` : `${layerName(sizes, 1)} `;
      }
      const widths = columns.map(({ width }) => width);
      const middle = apart ? [columns[columns.length - 2].left + widths[widths.length - 2] - columns[1].left] : [];
      const tracks = apart ? [widths[0], ...middle, widths[widths.length - 1]] : widths;
      element.style.gridTemplateColumns = tracks.map((width) => `${width}px`).join(' ');
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
  const texts = [...caption.childNodes].filter((node) => node instanceof Text);
  return texts.find(({ data }) => data.trim() !== '') ?? caption.appendChild(new Text());
}
