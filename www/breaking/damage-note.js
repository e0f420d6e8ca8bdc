// Says under the stage that the network is broken, wherever a link brought that about, and mends it.

/** @import { Store } from '../state/state.js' */

import { make, say } from '../ui/dom.js';
import { damageOf, wordsOf } from './damage-text.js';

/**
 * @param {HTMLElement} root of an instrument
 * @param {Pick<Store, 'now' | 'set'>} state
 */
export function showDamage(root, state) {
  const place = root.querySelector('.stage-column');
  let note = /** @type {HTMLElement | null} */ (place?.querySelector('.damage-note') ?? null);
  const { damage } = state.now;
  if (!note && damage && place) {
    const mend = make('button', { type: 'button', class: 'plain' }, 'Mend it');
    mend.addEventListener('click', () => state.set({ damage: null }));
    note = make('p', { class: 'damage-note' }, make('span', {}), ' ', mend);
    place.append(note);
  }
  if (!note) return;
  note.hidden = !damage;
  const words = note.querySelector('span');
  if (words && damage) say(words, `Broken: ${wordsOf(damageOf(damage))}.`);
}
