// Makes the recording of the drawing, and makes it again when the drawing or a setting changes.

/** @import { Drawing } from '../pad/drawing.js' */
/** @import { Recorder } from '../simulator/simulator.js' */
/** @import { OwnedRecording, Settings, Verdict } from '../simulator/types.js' */
/** @import { Store } from '../state/state.js' */
/** @import { Note } from '../ui/notice.js' */

import { inkOf, inkPieces } from '../simulator/ink.js';
import { SETTINGS } from '../state/parameters.js';
import { messageOf } from '../ui/errors.js';

/** The topic of the note that says why the simulator refused the settings. */
const SETTINGS_NOTE = 'settings';

/** The parts of the state that a recording depends on. */
const CAUSES = new Set(['penWidth', 'framing', ...SETTINGS.map(({ name }) => name)]);

/** @typedef {ReturnType<typeof createPresentation>} Presentation */

/**
 * @param {Drawing} drawing
 * @param {Store} state
 * @param {Pick<Note, 'show' | 'hide'>} note says why the simulator refused the settings
 */
export function createPresentation(drawing, state, note) {
  /** @type {Recorder | null} */
  let recorder = null;
  /** @type {OwnedRecording | null} */
  let recording = null;
  let stale = true;
  let refused = false;
  let duration = 0;
  /** @type {readonly (readonly number[])[]} */
  let digits = [];
  /** The strokes that they are of. @type {Drawing['strokes']} */
  let divided = [];

  /** @returns {Settings} the chosen settings, and defaults for the others */
  function settings(/** @type {Recorder} */ { defaults }) {
    const chosen = SETTINGS.map(({ name }) => [name, state.now[name]]).filter(([, value]) => value !== undefined);
    return { ...defaults, ...Object.fromEntries(chosen) };
  }

  /** @param {Recorder} by */
  function record(by) {
    const { penWidth, framing } = state.now;
    const sheet = { pieces: inkPieces(drawing.strokes), picture: drawing.picture, penWidth, framing };
    try {
      const began = performance.now();
      const made = by.present(sheet, settings(by));
      duration = performance.now() - began;
      if (refused) note.hide(SETTINGS_NOTE);
      refused = false;
      return made;
    } catch (error) {
      refused = true;
      note.show(messageOf(error), SETTINGS_NOTE);
      return null;
    }
  }

  return {
    /** @returns {Recorder | null} null until the network is loaded */
    get recorder() {
      return recorder;
    },

    set recorder(loaded) {
      recorder = loaded;
      stale = true;
    },

    /** @returns {OwnedRecording | null} null if nothing is drawn or nothing is loaded */
    get recording() {
      return recording;
    },

    /** Why there is no recording. @returns {'empty' | 'waiting' | 'refused'} */
    get missing() {
      if (drawing.blank) return 'empty';
      if (!recorder) return 'waiting';
      return refused ? 'refused' : 'empty';
    },

    /**
     * Which strokes are which digit, in reading order, as of the last stroke that was completed; empty if there are fewer than
     * two strokes.
     */
    get digits() {
      const { strokes } = drawing;
      if (recorder && strokes !== divided && !drawing.open && !drawing.sketching) {
        divided = strokes;
        digits = strokes.length > 1 ? recorder.digitsOf(strokes.map((stroke) => inkOf(stroke).line)) : [];
      }
      return digits;
    },

    /** How long the recording took to make, ms. */
    get duration() {
      return duration;
    },

    /** The settings in force. @returns {Settings | null} null until the network is loaded */
    get settings() {
      return recorder && settings(recorder);
    },

    /** Has the drawing or a setting changed since the recording was made? */
    get stale() {
      return stale;
    },

    invalidate() {
      stale = true;
    },

    /** @param {ReadonlySet<string>} changed parts of the state @returns {boolean} does the recording depend on them? */
    dependsOn(changed) {
      return [...changed].some((name) => CAUSES.has(name));
    },

    /** Makes the recording of the current drawing. The one before is freed, and must not be drawn any more. */
    make() {
      stale = false;
      // First, so that the simulator never holds two.
      recording?.free();
      recording = recorder && record(recorder);
    },

    /**
     * What the network answers to a digit that is not on the pad.
     * @param {Uint8Array} ink 28 x 28 pixels
     * @returns {Verdict | null} null if it is not loaded, or refuses the settings
     */
    answer(ink) {
      try {
        return recorder ? recorder.answer(ink, settings(recorder)) : null;
      } catch {
        // The note about the settings says why.
        return null;
      }
    },

    destroy() {
      recording?.free();
    },
  };
}
