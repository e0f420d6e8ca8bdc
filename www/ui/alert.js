// An error message in the page, with a button to try again if that may help.

import { find, say } from './dom.js';

/**
 * @param {HTMLElement} root an element of role alert, which holds a paragraph and a button
 * @param {() => void} onRetry
 */
export function createAlert(root, onRetry) {
  const text = find(root, 'p', HTMLElement);
  const retry = find(root, 'button', HTMLButtonElement);
  const controller = new AbortController();
  retry.addEventListener('click', onRetry, { signal: controller.signal });

  return {
    /**
     * @param {string} sentence
     * @param {boolean} [retryable] show the button?
     */
    show(sentence, retryable = false) {
      say(text, sentence);
      retry.hidden = !retryable;
      root.hidden = false;
    },

    hide() {
      root.hidden = true;
    },

    destroy: () => controller.abort(),
  };
}
