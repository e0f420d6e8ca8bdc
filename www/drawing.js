// The strokes on the pad, and their past.

/** @import { Point, Stroke } from './types.js' */

/**
 * What happened to the strokes: 'ink' while a stroke is being drawn, 'settled' when a drawing stands.
 * @typedef {'ink' | 'settled'} Change
 */

/** @typedef {ReturnType<typeof createDrawing>} Drawing */

/** How many changes can be undone. */
const PAST = 100;

/** @param {(change: Change) => void} onChange */
export function createDrawing(onChange) {
  /** @type {readonly Stroke[]} */
  let strokes = [];
  /** @type {Point[] | null} the stroke under the pen, last of the strokes */
  let open = null;
  /** @type {(readonly Stroke[])[]} */
  let past = [];

  function remember() {
    past = [...past.slice(1 - PAST), strokes];
  }

  return {
    /** @returns {readonly Stroke[]} */
    get strokes() {
      return strokes;
    },

    get undoable() {
      return past.length > 0;
    },

    /** @param {Point} point where the pen touches down */
    begin(point) {
      remember();
      open = [point];
      strokes = [...strokes, open];
      onChange('ink');
    },

    /** @param {readonly Point[]} points where it went since */
    extend(points) {
      if (!open || points.length === 0) return;
      open.push(...points);
      onChange('ink');
    },

    /** Lifts the pen. */
    end() {
      if (!open) return;
      open = null;
      onChange('settled');
    },

    /** Takes back the last change: a stroke, a clearing, a sample. */
    undo() {
      const before = past.pop();
      if (!before) return;
      open = null;
      strokes = before;
      onChange('settled');
    },

    clear() {
      if (strokes.length === 0) return;
      remember();
      open = null;
      strokes = [];
      onChange('settled');
    },

    /** Puts the strokes so far aside, to be drawn anew as one change: see `sketch`. */
    turnOver() {
      remember();
      open = null;
      strokes = [];
    },

    /**
     * Puts strokes in the place of those that are there, without a past of its own.
     * @param {readonly Stroke[]} drawn
     * @param {Change} change
     */
    sketch(drawn, change) {
      open = null;
      strokes = drawn;
      onChange(change);
    },
  };
}
