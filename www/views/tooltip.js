// A short text beside the pointer.

import { say } from '../ui/dom.js';

/** Distance from the pointer, CSS pixels. */
const GAP = { x: 12, above: 36, below: 16 };

/** @param {HTMLElement} root the view that the text is about, and whose styles it has */
export function createTooltip(root) {
  const tooltip = document.createElement('p');
  tooltip.className = 'tip';

  return {
    /**
     * @param {string} text
     * @param {MouseEvent} at
     */
    show(text, { clientX, clientY }) {
      if (!tooltip.isConnected) root.append(tooltip);
      say(tooltip, text);
      // Measures where position 0 is. In some browsers that is the corner of the size container, not of the window.
      tooltip.style.left = '0';
      tooltip.style.top = '0';
      const { left, top, width } = tooltip.getBoundingClientRect();
      const flipped = clientX + GAP.x + width > document.documentElement.clientWidth;
      const x = Math.max(0, flipped ? clientX - GAP.x - width : clientX + GAP.x);
      const y = clientY + (clientY > innerHeight / 2 ? -GAP.above : GAP.below);
      tooltip.style.left = `${x - left}px`;
      tooltip.style.top = `${y - top}px`;
    },

    hide() {
      tooltip.remove();
    },
  };
}
