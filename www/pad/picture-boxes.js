// The boxes around the digits of a picture, over it. Where there are several, one of them is chosen as a radio button is.

/** @import { Box } from './picture-choice.js' */

import { make, mark } from '../ui/dom.js';

let groups = 0;

/** @param {(index: number) => void} onChoose */
export function createBoxes(onChoose) {
  groups += 1;
  const group = `picture-digits-${groups}`;
  const element = make('div', { class: 'picture-boxes' });
  element.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) onChoose(Number(target.value));
  });

  return {
    element,

    /**
     * @param {readonly Box[]} found
     * @param {readonly number[]} indices of those that are read
     * @param {{ width: number, height: number }} picture its size, pixels
     */
    show(found, indices, { width, height }) {
      const several = found.length > 1;
      if (several) {
        mark(element, 'role', 'radiogroup');
        mark(element, 'aria-label', 'The digit that is read');
      } else for (const name of ['role', 'aria-label']) element.removeAttribute(name);
      // The others are kept, because the one that has the focus must not lose it.
      while (element.children.length > found.length) element.lastElementChild?.remove();
      for (const [i, { left, top, right, bottom }] of found.entries()) {
        const box = /** @type {HTMLElement} */ (element.children[i] ?? make('label', { class: 'picture-box' }));
        if (i === element.children.length) element.append(box);
        box.style.left = `${(100 * left) / width}%`;
        box.style.top = `${(100 * top) / height}%`;
        box.style.width = `${(100 * (right - left)) / width}%`;
        box.style.height = `${(100 * (bottom - top)) / height}%`;
        box.classList.toggle('chosen', indices.includes(i));
        if (!several) {
          box.replaceChildren();
          continue;
        }
        if (!box.firstChild) box.append(make('input', { type: 'radio', name: group, value: String(i) }));
        const radio = /** @type {HTMLInputElement} */ (box.firstChild);
        radio.checked = indices.length === 1 && indices[0] === i;
        mark(radio, 'aria-label', `Number ${i + 1} of ${found.length}`);
      }
    },
  };
}
