// Boxes that scroll sideways: they take the keyboard focus while their content is wider than they are.

/**
 * @param {Iterable<HTMLElement>} boxes each holds one element
 * @returns {() => void} stops watching the boxes, and leaves them as they are
 */
export function makeScrollableByKeyboard(boxes) {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = /** @type {HTMLElement} */ (target.parentElement);
      if (target.clientWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    }
  });
  for (const { firstElementChild } of boxes) if (firstElementChild) observer.observe(firstElementChild);
  return () => observer.disconnect();
}
