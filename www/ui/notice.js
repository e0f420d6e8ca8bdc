// A word to the reader that needs no answer: at the foot of the window, where it moves nothing.

/** @param {HTMLElement} element holds a paragraph and a button that dismisses it */
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
