// A few words beside the pointer.

import { say } from '../ui/dom.js';

/** Distance from the pointer, CSS pixels. */
const GAP = { x: 12, above: 36, below: 16 };

/** @param {HTMLElement} root the view that the words are about; they are styled as part of it */
export function createTooltip(root) {
  const tooltip = document.createElement('p');
  tooltip.className = 'tip';

  return {
    /**
     * @param {string} words
     * @param {MouseEvent} at
     */
    show(words, { clientX, clientY }) {
      if (!tooltip.isConnected) root.append(tooltip);
      say(tooltip, words);
      const beside = clientX + GAP.x + tooltip.offsetWidth > document.documentElement.clientWidth;
      tooltip.style.left = `${Math.max(0, beside ? clientX - GAP.x - tooltip.offsetWidth : clientX + GAP.x)}px`;
      tooltip.style.top = `${clientY + (clientY > innerHeight / 2 ? -GAP.above : GAP.below)}px`;
    },

    hide() {
      tooltip.remove();
    },
  };
}
