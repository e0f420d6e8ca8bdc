// The keyboard shortcuts of the page. They work wherever the focus is, unless the focused control handles the key itself.

import { actionOf } from '../../ui/keys.js';

/**
 * The part of the page that an action belongs to; the transport for all others. A key does nothing while a link hides its
 * part.
 * @type {Record<string, string>}
 */
const PARTS = {
  undo: 'undo',
  redo: 'undo',
  clear: 'clear',
  erase: 'eraser',
  reseed: 'seed',
  sound: 'sound',
  help: 'help',
};

/** The parts of the transport that can be hidden by themselves. @type {Record<string, string>} */
const WITHIN_TRANSPORT = { loop: 'loop', slower: 'speed', faster: 'speed' };

/**
 * @param {Document} page
 * @param {object} handlers
 * @param {() => boolean} handlers.singleKeys may keys without Ctrl act?
 * @param {(part: string) => boolean} handlers.hides
 * @param {(action: string) => void} handlers.perform
 */
export function createShortcuts(page, { singleKeys, hides, perform }) {
  page.addEventListener('keydown', (event) => {
    if (page.querySelector('dialog[open]')) return;
    const action = actionOf(event, singleKeys());
    if (!action) return;
    event.preventDefault();
    const part = action.startsWith('sample-') ? 'samples' : (PARTS[action] ?? 'transport');
    if (!hides(part) && !hides(WITHIN_TRANSPORT[action] ?? part)) perform(action);
  });
}
