// A bar per class for its output spikes so far, and below it one for the probability that the same network without spikes
// gives the class.

/** @import { Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { make, mark, say } from '../ui/dom.js';
import { percent } from '../ui/number-format.js';
import { setHue } from './class-colour.js';

const MOST_WITHOUT_SCROLLING = 10;

/**
 * @typedef {object} Row
 * @property {HTMLElement} element
 * @property {HTMLElement} bar
 * @property {number} length of the bar as it was drawn last, 0 to 1: reading it back from the style is slow
 * @property {HTMLElement} probability
 * @property {HTMLElement} count
 */

/** @type {CreateView} */
export function createVotes(root, page) {
  /** @type {Row[]} */
  let rows = [];
  /** @type {Recording | null} */
  let recording = null;
  let most = 1;

  /** @param {number} classes */
  function takeClasses(classes) {
    if (classes === rows.length) return;
    rows = Array.from({ length: classes }, (_, index) => createRow(index));
    root.replaceChildren(...rows.map(({ element }) => element));
    // A list that scrolls takes the focus, so that the keyboard can scroll it.
    if (classes > MOST_WITHOUT_SCROLLING) root.tabIndex = 0;
    else root.removeAttribute('tabindex');
  }

  takeClasses(page.expectedSizes?.at(-1) ?? 0);

  return {
    show(next, network) {
      recording = next;
      takeClasses((network?.sizes ?? page.expectedSizes)?.at(-1) ?? 0);
      // One scale for the whole recording, so that bars only grow during playback.
      most = Math.max(1, ...(recording?.verdict.counts ?? []));
      root.style.setProperty('--digits', String(String(most).length));
      for (const [index, { probability, element }] of rows.entries()) {
        const p = recording?.ann.probabilities[index] ?? 0;
        probability.style.transform = `scaleX(${p.toFixed(3)})`;
        mark(element, 'title', recording ? `Without spikes: ${percent(p)}` : '');
      }
    },

    draw(time) {
      const step = Math.floor(time);
      const counts = recording ? countsAt(recording, step) : null;
      const leader = recording ? leaderAt(recording, step) : null;
      for (const [index, row] of rows.entries()) {
        const count = counts ? counts[index] : 0;
        say(row.count, counts ? String(count) : '');
        const length = count / most;
        if (row.length !== length) {
          row.length = length;
          row.bar.style.transform = `scaleX(${length})`;
        }
        row.element.classList.toggle('leads', index === leader);
      }
    },

    resize() {},

    destroy() {
      root.replaceChildren();
    },
  };
}

/**
 * @param {number} index of the class
 * @returns {Row}
 */
function createRow(index) {
  const bar = make('span', { class: 'bar' });
  const probability = make('span', { class: 'probability' });
  const count = make('span', { class: 'count' });
  const name = make('span', { class: 'class' }, String(index));
  const track = make('span', { class: 'track' }, bar, probability);
  const element = make('li', { class: 'vote', 'data-class': String(index) }, name, track, count);
  setHue(element, index);
  return { element, bar, length: 0, probability, count };
}
