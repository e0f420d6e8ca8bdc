// Buttons that save what was measured: as CSV, as JSON, and the chart as PNG.

import { toCsv } from '../ui/csv.js';
import { make, say } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { saveFile } from '../ui/save.js';
import { pngOf } from '../ui/svg-picture.js';

/** The key of the curves of a sweep, in words. */
const CURVES = 'Thick: accuracy. Dotted: silent. Dashed: ties. Thin: without spikes.';

/** @typedef {Record<string, string | number | boolean | null>} Row */

/**
 * @param {HTMLElement} root gets the buttons
 * @param {object} options
 * @param {() => string} options.name of the files, without their endings
 * @param {() => readonly Row[]} options.rows of the table
 * @param {() => SVGSVGElement | null} [options.picture]
 * @param {() => string} [options.title] what the picture shows
 */
export function createSavers(root, { name, rows, picture, title }) {
  const problem = make('span', { class: 'aside', role: 'status' });
  /** @type {[ending: string, blobOf: () => Blob | Promise<Blob>][]} */
  const kinds = [
    ['csv', () => new Blob([toCsv(rows())], { type: 'text/csv' })],
    ['json', () => new Blob([`${JSON.stringify(rows(), null, 1)}\n`], { type: 'application/json' })],
  ];
  if (picture) {
    const caption = () => (title ? [title(), CURVES] : [CURVES]);
    kinds.push(['png', () => pngOf(/** @type {SVGSVGElement} */ (picture()), caption())]);
  }
  const buttons = kinds.map(([ending, blobOf]) => {
    const button = make('button', { type: 'button', class: 'plain', disabled: '' }, ending.toUpperCase());
    button.addEventListener('click', async () => {
      say(problem, '');
      try {
        saveFile(await blobOf(), `${name()}.${ending}`);
      } catch (error) {
        say(problem, messageOf(error));
      }
    });
    return button;
  });
  root.replaceChildren(make('span', { class: 'aside' }, 'Save as'), ...buttons, problem);

  return {
    /** @param {boolean} some is there something to save? */
    enable(some) {
      for (const button of buttons) button.disabled = !some;
    },

    destroy: () => root.replaceChildren(),
  };
}
