// The captions above the stage: one per layer, as wide as the layer's column.

/** @import { Geometry } from './geometry.js' */

import { make, say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { inputShape, layerName } from './layers.js';

/**
 * Room that captions need, CSS pixels: the name of a hidden layer with its size and without, one caption for all hidden
 * layers, and the caption of the output.
 */
const ROOM = { sized: 92, named: 64, joined: 116, output: 56 };

/** The least factor of which the caption tells. A dot that becomes a disc needs an explanation. */
const ENLARGED = 3;

/** @param {HTMLElement} element holds the captions of the input, of one hidden layer and of the output, or nothing */
export function createStageCaptions(element) {
  if (element.childElementCount === 0) {
    element.append(captionOf('What it sees '), captionOf('Hidden '), make('h3', { class: 'caption last' }, 'Output'));
  }
  const [input, hidden, output] = /** @type {HTMLElement[]} */ ([...element.children]);
  /** The captions of the hidden layers after the first. @type {HTMLElement[]} */
  let others = [];
  /** How many times the drawing is enlarged, where it is said. */
  let enlarged = 1;
  let shape = '';

  /** The size of the picture, where its caption has room for it. */
  function saySize() {
    say(sizeIn(input), enlarged === 1 ? shape : '');
  }

  return {
    /**
     * @param {Geometry} geometry
     * @param {boolean} answerHidden
     */
    fit({ sizes, columns }, answerHidden) {
      if (sizes.length === 0) return;
      say(output, answerHidden ? 'Output ?' : 'Output');
      const { columns: across, rows } = inputShape(sizes[0]);
      shape = `${across} × ${rows}`;
      saySize();

      const captions = hiddenCaptions(sizes, columns);
      for (const other of others) other.remove();
      others = captions.slice(1).map(() => captionOf(''));
      output.before(...others);
      hidden.hidden = captions.length === 0;
      for (const [i, { name, size }] of captions.entries()) {
        const caption = i === 0 ? hidden : others[i - 1];
        nameIn(caption).data = `${name} `;
        say(sizeIn(caption), size);
      }

      const widths = [columns[0], ...captions, columns[columns.length - 1]].map(({ width }) => `${width}px`);
      element.style.gridTemplateColumns = widths.join(' ');
    },

    /** @param {number} [enlargement] how many times as large as on the pad the network sees the drawing */
    show(enlargement = 1) {
      const times = enlargement < ENLARGED ? 1 : Math.round(enlargement);
      if (times === enlarged) return;
      enlarged = times;
      nameIn(input).data = times === 1 ? 'What it sees ' : `Enlarged ${times} times`;
      input.title = times === 1 ? '' : `The drawing is small: the network sees it ${times} times as large.`;
      saySize();
    },

    destroy() {
      for (const other of others) other.remove();
    },
  };
}

/**
 * A caption per hidden layer, or one for all of them if they are too close.
 * @param {Geometry['sizes']} sizes
 * @param {Geometry['columns']} columns
 * @returns {{ name: string, size: string, width: number }[]}
 */
function hiddenCaptions(sizes, columns) {
  const hidden = columns.slice(1, -1);
  if (hidden.length === 0) return [];
  const [first, last, output] = [hidden[0], hidden[hidden.length - 1], columns[columns.length - 1]];
  const end = output.left + output.width - ROOM.output;
  const room = Math.min(end - last.left, ...hidden.slice(1).map(({ left }, i) => left - hidden[i].left));
  if (hidden.length > 1 && room < ROOM.named) {
    const name = `${hidden.length} hidden${end - first.left < ROOM.joined ? '' : ' layers'}`;
    return [{ name, size: '', width: last.left + last.width - first.left }];
  }
  return hidden.map(({ width }, i) => ({
    name: layerName(sizes, i + 1),
    size: room < ROOM.sized ? '' : count(sizes[i + 1]),
    width,
  }));
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
