// Shows what was measured of a network under some settings: accuracy with its interval, ties, silent, sure, and the confusion
// matrix.

/** @import { SettingsResult } from './types.js' */

import { make, say } from '../ui/dom.js';
import { count, percent } from '../ui/number-format.js';
import { imagesText, intervalText } from './number-words.js';

/** The shades of the confusion matrix. */
const SHADES = 4;

/**
 * The numbers of a result by their names, each with its text.
 * @param {SettingsResult} result
 * @returns {[name: string, text: string][]}
 */
export function numbersOf({ images, annRight, ties, silent, sure, sureRight, synops }) {
  const share = (/** @type {number} */ part) => percent(part / images, 2);
  const right = sure > 0 ? `, right on ${percent(sureRight / sure, 2)} of these` : '';
  return [
    ['Without spikes', share(annRight)],
    ['Sure of', `${share(sure)}${right}`],
    ['Ties', share(ties)],
    ['Silent', share(silent)],
    ['Synaptic operations', `${count(Math.round(synops / images))} per digit`],
  ];
}

/** @param {HTMLElement} root */
export function createMeasurementView(root) {
  const accuracy = make('p', { class: 'measured-accuracy' });
  const words = make('p', { class: 'measured-words' });
  const list = make('dl', { class: 'measured-numbers' });
  const matrix = make('table', { class: 'confusion numbers' });
  const scroll = make(
    'div',
    { class: 'scrolls', role: 'region', 'aria-label': 'Confusion matrix', tabindex: '0' },
    matrix,
  );
  const more = make('details', {}, make('summary', {}, 'Which digits it takes for which'), scroll);
  const whole = make('div', { class: 'measured', hidden: '' }, accuracy, words, list, more);
  root.append(whole);

  return {
    /**
     * @param {SettingsResult | null} result
     * @param {string} settings what they are
     * @param {number | null} [seconds] how long it took
     */
    show(result, settings, seconds = null) {
      whole.hidden = !result;
      for (const name of Object.keys(whole.dataset)) delete whole.dataset[name];
      if (!result) return;
      const { images, right, annRight, ties, silent, sure, sureRight, synops } = result;
      Object.assign(whole.dataset, { images, right, annRight, ties, silent, sure, sureRight, synops });
      say(accuracy, percent(right / images, 2));
      if (seconds !== null) whole.dataset.seconds = String(seconds);
      const time = seconds === null ? '' : ` It took ${seconds.toFixed(1)} s.`;
      say(words, `of ${imagesText(images)} read correctly, ${intervalText(result)}: ${settings}.${time}`);
      list.replaceChildren(
        ...numbersOf(result).map(([name, text]) => make('div', {}, make('dt', {}, name), make('dd', {}, text))),
      );
      fillConfusion(matrix, result.confusion);
    },

    destroy: () => whole.remove(),
  };
}

/**
 * @param {HTMLTableElement} table
 * @param {readonly number[]} confusion [classes, classes + 1] row-major, labels by answers; the last column is for no answer
 */
function fillConfusion(table, confusion) {
  const classes = Math.round((Math.sqrt(4 * confusion.length + 1) - 1) / 2);
  const columns = classes + 1;
  // Without labels, such as those of letters, a row holds nothing.
  const rows = Array.from({ length: classes }, (_, label) => confusion.slice(label * columns, (label + 1) * columns));
  const shown = rows.map((row) => row.some((images) => images > 0));
  const wrong = rows.flatMap((row, label) => row.filter((_, answer) => answer !== label));
  const most = Math.max(1, ...wrong);
  const head = Array.from({ length: columns }, (_, answer) => (answer < classes ? String(answer) : 'none'));
  const body = rows.flatMap((row, label) => {
    if (!shown[label]) return [];
    const cells = row.map((images, answer) => {
      const shade = answer === label ? 'right' : `wrong-${Math.ceil((SHADES * images) / most)}`;
      return make('td', { class: shade }, count(images));
    });
    return [make('tr', {}, make('th', { scope: 'row' }, String(label)), ...cells)];
  });
  table.replaceChildren(
    make('caption', {}, 'Labels are rows, answers are columns'),
    make('thead', {}, make('tr', {}, ...['Label', ...head].map((text) => make('th', { scope: 'col' }, text)))),
    make('tbody', {}, ...body),
  );
}
