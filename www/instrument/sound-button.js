// The button that turns the sound of the spikes on and off. The code of the sound is loaded when it is first turned on.

/** @import { Sound } from '../playback/sound.js' */
/** @import { Recording } from '../simulator/types.js' */

import { mark } from '../ui/dom.js';

/**
 * @param {HTMLButtonElement} button
 * @param {() => void} onChange
 * @param {() => void} onRefused called if the browser plays no sound
 */
export function createSoundButton(button, onChange, onRefused) {
  const controller = new AbortController();
  /** @type {Sound | null} */
  let sound = null;
  /** @type {Recording | null} */
  let recording = null;

  async function toggle() {
    try {
      if (sound) sound.on = !sound.on;
      else {
        const { createSound } = await import('../playback/sound.js');
        if (controller.signal.aborted || sound) return;
        sound = createSound();
        sound.show(recording);
      }
    } catch {
      onRefused();
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
