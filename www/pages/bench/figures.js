// Shows the numbers of one measurement in a section of the page. The section's data attributes hold the exact numbers.

import { say } from '../../ui/dom.js';
import { NOT_MEASURED } from '../../ui/number-format.js';

/**
 * @template {object} Result
 * @param {HTMLElement} root holds an element with a `data-figure` for each figure
 * @param {Record<string, (result: Result) => string>} textOf of each figure
 */
export function createFigures(root, textOf) {
  /** @type {string[]} */
  let kept = [];

  /** @param {Result | null} result null if it has not been measured */
  function show(result) {
    for (const name of kept) delete root.dataset[name];
    kept = Object.keys(result ?? {});
    Object.assign(root.dataset, result);
    for (const [name, text] of Object.entries(textOf)) {
      for (const place of root.querySelectorAll(`[data-figure="${name}"]`)) {
        say(place, result ? text(result) : NOT_MEASURED);
        place.classList.toggle('unmeasured', !result);
      }
    }
  }

  return { show, destroy: () => show(null) };
}
