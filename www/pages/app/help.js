// What explains the page: "About", and the cards of the words that are underlined with dots. Both load when they are first needed.

/** @import { Note } from '../../ui/notice.js' */
/** @import { Preferences } from './about.js' */

import { moduleError } from '../../simulator/fetch.js';
import { messageOf } from '../../ui/errors.js';

/**
 * @param {HTMLElement} root holds the words: buttons with `data-term`
 * @param {HTMLButtonElement} button opens "About"
 * @param {HTMLDialogElement} dialog of "About"
 * @param {Pick<Note, 'show'>} note
 * @param {Preferences} preferences
 * @returns {() => Promise<void>} opens "About"
 */
export function createHelp(root, button, dialog, note, preferences) {
  /** @type {Promise<ReturnType<typeof import('./about.js')['fillAbout']>> | null} */
  let about = null;
  /** @type {Promise<import('../../explain/term-card.js').TermCard> | null} */
  let card = null;

  /** @param {unknown} error */
  async function tell(error) {
    about = null;
    card = null;
    note.show(messageOf(await moduleError('The explanation', error)));
  }

  /** @param {string} [word] */
  async function open(word) {
    try {
      about ??= import('./about.js').then(({ fillAbout }) => fillAbout(dialog, preferences));
      (await about).open(word);
    } catch (error) {
      tell(error);
    }
  }

  button.addEventListener('click', () => open());
  root.addEventListener('click', async ({ target }) => {
    const term = target instanceof Element && target.closest('[data-term]');
    if (!(term instanceof HTMLElement)) return;
    try {
      card ??= import('../../explain/term-card.js').then(({ createTermCard }) =>
        createTermCard(root, () => open('words')),
      );
      (await card).open(String(term.dataset.term));
    } catch (error) {
      tell(error);
    }
  });
  return () => open();
}
