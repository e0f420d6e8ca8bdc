// A sentence that stands where something could not be loaded, with a button that tries again.

import { make } from './dom.js';

/**
 * @param {string} sentence
 * @param {() => void} onRetry
 * @returns {HTMLElement} to be put where that something would be; it goes when the button is pressed
 */
export function createTrouble(sentence, onRetry) {
  const retry = make('button', { type: 'button', class: 'plain' }, 'Try again');
  const trouble = make('div', { class: 'load-trouble', role: 'alert' }, make('p', {}, sentence), retry);
  retry.addEventListener('click', () => {
    trouble.remove();
    onRetry();
  });
  return trouble;
}
