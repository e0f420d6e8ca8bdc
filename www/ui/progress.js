// Says how far the crew's work is: to the eye at once, to the ear now and then.

import { say } from './dom.js';

/**
 * @param {object} parts
 * @param {HTMLProgressElement} parts.bar
 * @param {Element} parts.words
 * @param {Element} parts.spoken a live region
 * @param {HTMLButtonElement} parts.stop
 */
export function createTeller({ bar, words, spoken, stop }) {
  let quarter = -1;
  return {
    /**
     * @param {number} share of the work that is done
     * @param {string} sentence
     */
    work(share, sentence) {
      stop.disabled = false;
      bar.value = share;
      say(words, sentence);
      const now = Math.floor(share * 4);
      if (now !== quarter) say(spoken, `${now * 25} % measured.`);
      quarter = now;
    },

    /**
     * Nothing is under way.
     * @param {string} sentence
     * @param {boolean} finished did the work come to its end?
     * @param {string} [result] for the ear
     */
    rest(sentence, finished, result = `${sentence}.`) {
      stop.disabled = true;
      if (finished) bar.value = 1;
      if (quarter >= 0) say(spoken, result);
      quarter = -1;
      say(words, sentence);
    },
  };
}
