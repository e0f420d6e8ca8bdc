// What is on the pad, and its past: strokes, or a picture of 28 x 28 in their place.

/** @import { Point, Stroke } from '../simulator/types.js' */

import { snap } from '../state/stroke-codec.js';
import { erasePicture, eraseStrokes } from './eraser.js';

/**
 * What happened to the drawing: 'ink' while a stroke is being drawn, 'lifted' when the pen leaves it as it was seen last,
 * 'settled' when another stands in its place.
 * @typedef {'ink' | 'lifted' | 'settled'} Change
 */

/** @typedef {{ readonly strokes: readonly Stroke[], readonly picture: Uint8Array | null }} Sheet */

/** @typedef {ReturnType<typeof createDrawing>} Drawing */

/** How many changes can be undone. */
const PAST = 100;

/** @type {Sheet} */
const BLANK = { strokes: [], picture: null };

/** @param {(change: Change) => void} onChange */
export function createDrawing(onChange) {
  let sheet = BLANK;
  /** @type {Point[] | null} the stroke under the pen, last of the strokes */
  let open = null;
  let erasing = false;
  /** @type {readonly Sheet[]} */
  let past = [];
  /** @type {readonly Sheet[]} */
  let future = [];

  function remember() {
    past = [...past.slice(1 - PAST), sheet];
    future = [];
    leave();
  }

  function leave() {
    open = null;
    erasing = false;
  }

  return {
    /** @returns {readonly Stroke[]} */
    get strokes() {
      return sheet.strokes;
    },

    /** @returns {Uint8Array | null} 784 pixels of ink, row-major */
    get picture() {
      return sheet.picture;
    },

    get blank() {
      return sheet.strokes.length === 0 && !sheet.picture;
    },

    get undoable() {
      return past.length > 0;
    },

    get redoable() {
      return future.length > 0;
    },

    /** @param {Point} point where the pen touches down; a picture makes way */
    begin(point) {
      remember();
      open = [snap(point)];
      sheet = { strokes: [...sheet.strokes, open], picture: null };
      onChange('ink');
    },

    /** @param {readonly Point[]} points where it went since */
    extend(points) {
      if (!open || points.length === 0) return;
      open.push(...points.map(snap));
      onChange('ink');
    },

    /** Lifts the pen or the eraser. */
    end() {
      if (!open && !erasing) return;
      leave();
      onChange('lifted');
    },

    /** The eraser touches down. */
    beginErasing() {
      remember();
      erasing = true;
    },

    /**
     * @param {Point} from
     * @param {Point} to where the eraser went since
     * @param {number} radius canvas units
     */
    erase(from, to, radius) {
      if (!erasing) return;
      const { strokes, picture } = sheet;
      sheet = {
        strokes: eraseStrokes(strokes, from, to, radius).map((stroke) =>
          strokes.includes(stroke) ? stroke : stroke.map(snap),
        ),
        picture: picture && erasePicture(picture, from, to, radius),
      };
      onChange('ink');
    },

    /** Takes back the last change: a stroke, a clearing, a sample. */
    undo() {
      const before = past[past.length - 1];
      if (!before) return;
      past = past.slice(0, -1);
      future = [sheet, ...future];
      leave();
      sheet = before;
      onChange('settled');
    },

    /** Makes the change again that was taken back last. */
    redo() {
      const [after, ...rest] = future;
      if (!after) return;
      past = [...past, sheet];
      future = rest;
      leave();
      sheet = after;
      onChange('settled');
    },

    clear() {
      if (this.blank) return;
      remember();
      sheet = BLANK;
      onChange('settled');
    },

    /** Puts the sheet so far aside, to be changed by `sketch` as one change. */
    turnOver() {
      remember();
    },

    /**
     * Puts strokes in the place of what is there, without a past of its own.
     * @param {readonly Stroke[]} strokes
     * @param {Change} change
     */
    sketch(strokes, change) {
      leave();
      sheet = { strokes: strokes.map((stroke) => stroke.map(snap)), picture: null };
      onChange(change);
    },

    /**
     * Puts a whole sheet in the place of what is there.
     * @param {Sheet} next
     */
    replace(next) {
      remember();
      sheet = next;
      onChange('settled');
    },

    /**
     * Begins anew with a sheet that has no past.
     * @param {Sheet} first
     */
    restore(first) {
      leave();
      [sheet, past, future] = [first, [], []];
      onChange('settled');
    },
  };
}
