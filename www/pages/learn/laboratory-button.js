// The button that runs the question's experiment in the chapter on conversion.

/** @import { Facts, Words } from './types.js' */

import { find, say } from '../../ui/dom.js';
import { sentence } from './fill.js';

/**
 * @param {HTMLElement} root holds the button and what is said about it
 * @param {object} options
 * @param {Words} options.words
 * @param {(onProgress: (facts: Facts, share: number) => void) => Promise<Facts>} options.run
 * @param {(facts: Facts) => void} options.tell changes the numbers of the text
 * @param {(error: unknown) => void} options.fail
 */
export function connectLaboratory(root, { words, run, tell, fail }) {
  const button = find(root, '[data-laboratory]', HTMLButtonElement);
  const said = find(root, '.laboratory-says', HTMLElement);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const facts = await run((known, share) => {
        tell(known);
        say(said, sentence(words.running, { share: String(Math.round(100 * share)) }));
      });
      tell(facts);
      say(said, sentence(words.ran, facts));
    } catch (error) {
      say(said, '');
      fail(error);
    }
    button.disabled = false;
  });
}
