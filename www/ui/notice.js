// A message to the user that needs no answer.

import { say } from './dom.js';

/** @typedef {ReturnType<typeof createNote>} Note */

/** @param {HTMLElement} element holds a paragraph, and a button that dismisses the message */
export function createNote(element) {
  const text = /** @type {HTMLElement} */ (element.querySelector('p'));
  let topic = '';
  /** @param {string} [about] hides it only if it is about this */
  const hide = (about = topic) => {
    if (about !== topic) return;
    element.hidden = true;
    text.textContent = '';
  };
  element.querySelector('button')?.addEventListener('click', () => hide());
  return {
    hide,
    /**
     * @param {string} words
     * @param {string} [about] its topic
     */
    show(words, about = '') {
      topic = about;
      element.hidden = false;
      say(text, words);
    },
  };
}
