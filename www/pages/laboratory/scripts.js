// “As Python”: loads the dialog that shows a script when one is first asked for.

/** @import { Options, Request } from './script-dialog.js' */

import { make } from '../../ui/dom.js';
import { messageOf } from '../../ui/errors.js';

/**
 * @param {HTMLElement} place gets the dialog
 * @param {Options & { onTrouble: (sentence: string) => void }} options
 */
export function createScripts(place, { onTrouble, ...options }) {
  /** @type {Promise<ReturnType<typeof import('./script-dialog.js').createScriptDialog>> | null} */
  let loading = null;
  let destroyed = false;

  return {
    /** @param {Request} request */
    async show(request) {
      try {
        loading ??= import('./script-dialog.js').then(({ createScriptDialog }) => createScriptDialog(place, options));
        const dialog = await loading;
        if (!destroyed) await dialog.show(request);
      } catch (error) {
        // A later press tries again.
        loading = null;
        onTrouble(messageOf(error));
      }
    },

    destroy() {
      destroyed = true;
      loading?.then((dialog) => dialog.destroy()).catch(() => {});
    },
  };
}

/** @typedef {ReturnType<typeof createScripts>} Scripts */

/**
 * A button that shows a script.
 * @param {string} text
 * @param {string} label for screen readers; begins with the text
 * @param {() => void} onPress
 */
export function createScriptButton(text, label, onPress) {
  const button = make(
    'button',
    { type: 'button', class: 'plain', title: 'Copy as Python', 'aria-label': label, 'aria-haspopup': 'dialog' },
    text,
  );
  button.addEventListener('click', onPress);
  return button;
}
