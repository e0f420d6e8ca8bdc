// A number in a text, which is a grey bar until it is measured.

import { say } from '../../ui/dom.js';
import { NOT_MEASURED } from '../../ui/number-format.js';

/**
 * @param {HTMLElement} output
 * @param {string} text
 */
export function sayFigure(output, text) {
  say(output, text);
  output.classList.toggle('unmeasured', text === NOT_MEASURED);
}
