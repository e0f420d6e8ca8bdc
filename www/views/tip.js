// A few words beside the pointer.

/**
 * @param {HTMLElement} frame positioned; holds what is pointed at
 */
export function createTip(frame) {
  const element = document.createElement('p');
  element.className = 'tip';
  element.hidden = true;
  frame.append(element);

  return {
    /**
     * @param {string} words
     * @param {{ offsetX: number, offsetY: number }} at CSS pixels from the frame's corner
     */
    show(words, { offsetX, offsetY }) {
      element.hidden = false;
      element.textContent = words;
      const { clientWidth, clientHeight } = frame;
      const beyond = offsetX + 12 + element.offsetWidth > clientWidth;
      element.style.left = `${Math.max(0, beyond ? offsetX - 12 - element.offsetWidth : offsetX + 12)}px`;
      element.style.top = `${offsetY + (offsetY > clientHeight / 2 ? -36 : 16)}px`;
    },

    hide() {
      element.hidden = true;
    },
  };
}
