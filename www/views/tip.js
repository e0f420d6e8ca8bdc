// A few words beside the pointer: one tip for the whole page, as there is one pointer.

/** How far it stands from the pointer, CSS pixels. */
const GAP = { x: 12, above: 36, below: 16 };

/** @type {HTMLElement | null} */
let tip = null;

/**
 * @param {string} words
 * @param {MouseEvent} at
 */
export function showTip(words, { clientX, clientY }) {
  if (!tip) {
    tip = document.createElement('p');
    tip.className = 'tip';
    document.querySelector('main')?.append(tip);
  }
  tip.hidden = false;
  tip.textContent = words;
  const before = clientX + GAP.x + tip.offsetWidth > document.documentElement.clientWidth;
  tip.style.left = `${Math.max(0, before ? clientX - GAP.x - tip.offsetWidth : clientX + GAP.x)}px`;
  tip.style.top = `${clientY + (clientY > innerHeight / 2 ? -GAP.above : GAP.below)}px`;
}

export function hideTip() {
  if (tip) tip.hidden = true;
}
