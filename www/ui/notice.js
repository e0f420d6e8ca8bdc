// A message to the user that needs no answer.

/** @typedef {ReturnType<typeof createNote>} Note */

/** @param {HTMLElement} element holds a paragraph, and a button that dismisses the message */
export function createNote(element) {
  const text = /** @type {HTMLElement} */ (element.querySelector('p'));
  const hide = () => {
    element.hidden = true;
    text.textContent = '';
  };
  element.querySelector('button')?.addEventListener('click', hide);
  return {
    hide,
    /** @param {string} words */
    show(words) {
      element.hidden = false;
      text.textContent = words;
    },
  };
}
