// A card that explains a word of the page, with a working neuron where that is the word.

/** @import { TermName } from './terms.js' */

import { make, say } from '../ui/dom.js';
import { createNeuronFigure } from './neuron-figure.js';
import { TERMS } from './terms.js';

/** The words that the working neuron explains. @type {readonly TermName[]} */
const SHOWN = ['neuron', 'membrane', 'threshold', 'leak', 'reset', 'spike'];

/** @typedef {ReturnType<typeof createTermCard>} TermCard */

/**
 * @param {HTMLElement} place holds the dialog
 * @param {(() => void) | null} onAll opens the glossary; null where there is none
 */
export function createTermCard(place, onAll) {
  const title = make('h2', { id: 'term-title' });
  const text = make('p', {});
  const figure = createNeuronFigure();
  const close = make('button', { type: 'button', class: 'button' }, 'Close');
  const all = make('button', { type: 'button', class: 'button' }, 'All words');
  const foot = make('div', { class: 'card-foot' }, ...(onAll ? [all] : []), close);
  const dialog = make(
    'dialog',
    { class: 'card term-card', 'aria-labelledby': title.id },
    title,
    text,
    figure.element,
    foot,
  );
  place.append(dialog);
  close.addEventListener('click', () => dialog.close());
  all.addEventListener('click', () => {
    dialog.close();
    onAll?.();
  });
  dialog.addEventListener('click', (event) => {
    // A click outside the card has the dialog itself as its target.
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => figure.stop());

  return {
    /** @param {string} name of a term */
    open(name) {
      if (!(name in TERMS)) return;
      const term = /** @type {TermName} */ (name);
      say(title, TERMS[term].name);
      say(text, TERMS[term].text);
      figure.element.hidden = !SHOWN.includes(term);
      dialog.showModal();
      if (!figure.element.hidden) figure.start();
    },

    destroy() {
      figure.stop();
      dialog.remove();
    },
  };
}
