// Shows how far a measurement is, announces it to screen readers at every quarter, and has the button that stops it.

import { find, say } from './dom.js';

/**
 * @param {HTMLElement} root holds a progress bar, a sentence (.status-text), a live region and a stop button
 * @param {() => void} onStop
 */
export function createMeasuringStatus(root, onStop) {
  const bar = find(root, 'progress', HTMLProgressElement);
  const text = find(root, '.status-text', HTMLElement);
  const live = find(root, '[role=status]', HTMLElement);
  const stop = find(root, 'button', HTMLButtonElement);
  const controller = new AbortController();
  let announcedQuarter = -1;
  stop.addEventListener('click', onStop, { signal: controller.signal });

  return {
    /**
     * @param {number} share of the work that is done
     * @param {string} sentence
     */
    showProgress(share, sentence) {
      stop.disabled = false;
      bar.value = share;
      say(text, sentence);
      const quarter = Math.floor(share * 4);
      if (quarter !== announcedQuarter) say(live, `${quarter * 25} % measured.`);
      announcedQuarter = quarter;
    },

    /**
     * Nothing is being measured.
     * @param {string} sentence
     * @param {boolean} finished was it measured to its end?
     * @param {string} [announcement] for screen readers
     */
    showEnd(sentence, finished, announcement = `${sentence}.`) {
      stop.disabled = true;
      if (finished) bar.value = 1;
      if (announcedQuarter >= 0) say(live, announcement);
      announcedQuarter = -1;
      say(text, sentence);
    },

    destroy: () => controller.abort(),
  };
}
