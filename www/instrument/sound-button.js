// The button that turns the sound of the spikes on and off. The code of the sound is loaded when it is first turned on.

/** @import { Sound } from '../playback/sound.js' */
/** @import { Recording } from '../simulator/types.js' */

import { moduleError } from '../simulator/fetch.js';
import { mark } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';

/**
 * @param {HTMLButtonElement} button
 * @param {() => void} onChange
 * @param {(sentence: string) => void} onTrouble called when there is no sound, with the reason
 */
export function createSoundButton(button, onChange, onTrouble) {
  const controller = new AbortController();
  /** @type {Sound | null} */
  let sound = null;
  /** @type {Recording | null} */
  let recording = null;

  /** @returns {Promise<typeof import('../playback/sound.js') | null>} null where it could not be loaded */
  async function load() {
    try {
      return await import('../playback/sound.js');
    } catch (error) {
      onTrouble(messageOf(await moduleError('The sound', error)));
      return null;
    }
  }

  async function toggle() {
    try {
      if (sound) sound.on = !sound.on;
      else {
        const module = await load();
        if (!module || controller.signal.aborted || sound) return;
        sound = module.createSound();
        sound.show(recording);
      }
    } catch {
      onTrouble('This browser does not let the page play sound.');
    }
    onChange();
  }

  button.addEventListener('click', toggle, { signal: controller.signal });

  return {
    toggle,

    /** @param {Recording | null} next */
    show(next) {
      recording = next;
      sound?.show(next);
    },

    /** @param {number} time */
    draw(time) {
      mark(button, 'aria-pressed', sound?.on ?? false);
      sound?.draw(time);
    },

    destroy() {
      controller.abort();
      sound?.destroy();
    },
  };
}
