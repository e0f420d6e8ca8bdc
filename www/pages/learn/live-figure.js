// Makes the figure of a chapter live: measures the reader's digit when the figure is near the window, and otherwise when nothing
// else is to be done, because the text has its numbers.

/** @import { Carried, Facts, Figure, Sources, Words } from './types.js' */

import { find } from '../../ui/dom.js';
import { watchNear } from '../../ui/when-near.js';
import { yieldToMain } from '../../ui/yield-to-main.js';

/** How far outside the window a figure is measured at once, CSS pixels. */
const NEAR = 300;

/** How long after the last change other figures are measured, ms. */
const IDLE = 600;

/**
 * @template Data
 * @param {HTMLElement} root the figure
 * @param {Figure<Data>} figure
 * @param {object} options
 * @param {Words} options.words
 * @param {Sources} options.sources
 * @param {(facts: Facts) => void} options.tell changes the numbers of the text
 * @param {(error: unknown) => void} options.fail
 */
export function createLiveFigure(root, figure, { words, sources, tell, fail }) {
  const place = find(root, '.drawn', HTMLElement);
  /** @type {Data | null} */
  let data = null;
  /** @type {Carried | null} */
  let carried = null;
  let stale = false;
  let near = false;
  let measuring = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {Data} next */
  function set(next) {
    data = next;
    place.innerHTML = figure.draw(next, words);
    tell(figure.factsOf(next, words));
  }

  async function measure() {
    if (measuring || !stale || !carried) return;
    measuring = true;
    stale = false;
    clearTimeout(timer);
    try {
      const measured = await figure.measure(carried, sources, yieldToMain);
      // Another digit has come meanwhile: its numbers follow.
      if (!stale) set(figure.keep && data ? figure.keep(data, measured) : measured);
    } catch (error) {
      fail(error);
    }
    measuring = false;
    if (stale) measure();
  }

  watchNear(root, NEAR, (isNear) => {
    near = isNear;
    if (near) measure();
  });
  figure.connect?.(root, {
    get data() {
      return data;
    },
    words,
    set,
  });

  return {
    /**
     * There is another digit.
     * @param {Carried} next
     * @param {boolean} drawn is it the digit of which the page's pictures are? Then they stay until the figure is near.
     */
    show(next, drawn) {
      if (figure.fixed && data) return;
      carried = next;
      stale = true;
      clearTimeout(timer);
      if (near) measure();
      else if (!drawn) timer = setTimeout(measure, IDLE);
    },
  };
}
