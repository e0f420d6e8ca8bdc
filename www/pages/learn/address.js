// What the address of the page says besides the chapter: `#only=neuron,looks&hide=answer` shows some chapters, without some of
// their parts; `#figure=neuron` shows a figure alone, for a frame.

import { loadWaiting } from './live-views.js';

/** The parts that an address can hide. */
export const HIDEABLE = ['answer', 'points', 'mathematics', 'code', 'embed', 'sources'];

/**
 * @typedef {object} Shown
 * @property {readonly string[]} only ids of chapters; none for all of them
 * @property {readonly string[]} hidden parts
 * @property {string | null} figure id of a chapter
 */

/**
 * @param {string} hash with or without its #
 * @param {readonly string[]} chapters
 * @returns {Shown} unknown names are left out
 */
export function readAddress(hash, chapters) {
  const pairs = new URLSearchParams(hash.replace(/^#/, ''));
  const names = (/** @type {string} */ key) => (pairs.get(key) ?? '').split(',');
  const figure = pairs.get('figure');
  return {
    only: names('only').filter((name) => chapters.includes(name)),
    hidden: names('hide').filter((name) => HIDEABLE.includes(name)),
    figure: figure && chapters.includes(figure) ? figure : null,
  };
}

/**
 * Shows what an address says.
 * @param {HTMLElement} root holds the chapters
 * @param {Shown} shown
 */
export function applyAddress(root, { only, hidden, figure }) {
  const alone = figure ? [figure] : only;
  for (const chapter of root.querySelectorAll('.chapter')) {
    if (chapter instanceof HTMLElement) chapter.hidden = alone.length > 0 && !alone.includes(chapter.id);
    // Alone there is no guess.
    if (chapter.id === figure) loadWaiting(chapter);
  }
  root.classList.toggle('some', alone.length > 0);
  root.classList.toggle('figure-alone', figure !== null);
  for (const part of HIDEABLE) root.classList.toggle(`no-${part}`, hidden.includes(part));
}
