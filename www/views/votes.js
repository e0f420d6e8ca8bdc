// Output spikes so far as bars, one a class, with the ANN's probabilities under them.

/** @import { Recording } from '../simulator/types.js' */
/** @import { View } from './types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { mark, say } from '../ui/dom.js';
import { percent } from '../ui/number-format.js';

/**
 * @typedef {object} Row
 * @property {HTMLElement} element
 * @property {HTMLElement} bar
 * @property {number} length of the bar as it was drawn last, 0 to 1: a browser gives a transform back in words of its own
 * @property {HTMLElement} twin
 * @property {HTMLElement} count
 */

/**
 * @param {HTMLElement} list an empty list
 * @returns {View}
 */
export function createVotes(list) {
  const rows = Array.from({ length: 10 }, (_, digit) => createRow(list, digit));
  /** @type {Recording | null} */
  let recording = null;
  let most = 1;

  return {
    show(next) {
      recording = next;
      // One scale for the whole recording: a bar only ever grows.
      most = Math.max(1, ...(recording?.verdict.counts ?? []));
      for (const [digit, { twin, element }] of rows.entries()) {
        const probability = recording?.ann.probabilities[digit] ?? 0;
        twin.style.transform = `scaleX(${probability.toFixed(3)})`;
        mark(element, 'title', recording ? `ANN twin: ${percent(probability)}` : '');
      }
    },

    draw(time) {
      const step = Math.floor(time);
      const counts = recording ? countsAt(recording, step) : null;
      const leader = recording ? leaderAt(recording, step) : null;
      for (const [digit, row] of rows.entries()) {
        const count = counts ? counts[digit] : 0;
        say(row.count, counts ? String(count) : '');
        const length = count / most;
        if (row.length !== length) {
          row.length = length;
          row.bar.style.transform = `scaleX(${length})`;
        }
        row.element.classList.toggle('leads', digit === leader);
      }
    },

    resize() {},
  };
}

/**
 * @param {HTMLElement} list
 * @param {number} digit
 * @returns {Row}
 */
function createRow(list, digit) {
  const element = document.createElement('li');
  element.className = 'vote';
  element.dataset.class = String(digit);
  const make = (/** @type {string} */ name, text = '') => {
    const part = document.createElement('span');
    part.className = name;
    part.textContent = text;
    return part;
  };
  const [track, bar, twin, count] = [make('track'), make('bar'), make('twin'), make('count')];
  track.append(bar, twin);
  element.append(make('class', String(digit)), track, count);
  list.append(element);
  return { element, bar, length: 0, twin, count };
}
