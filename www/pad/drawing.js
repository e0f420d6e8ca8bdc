// The drawing on the pad, with undo and redo: strokes, or a picture that replaces them.

/** @import { Point, Stroke } from '../simulator/types.js' */

import { snap } from '../state/stroke-codec.js';
import { erasePicture, eraseStrokes } from './eraser.js';

/**
 * What happened to the drawing: 'ink' while a stroke or a sketch is being drawn or erased, 'lifted' when the pen leaves the
 * drawing as it was at the last 'ink', 'settled' when another drawing has replaced it.
 * @typedef {'ink' | 'lifted' | 'settled'} Change
 */

/** @typedef {{ readonly strokes: readonly Stroke[], readonly picture: Uint8Array | null }} Sheet */

/**
 * Strokes that the page draws. The next change of the drawing first completes them or, if they are temporary, removes
 * them.
 * @typedef {{ readonly sheet: Sheet, readonly temporary: boolean, complete: boolean }} Sketch
 */

/** @typedef {ReturnType<typeof createDrawing>} Drawing */

/** How many changes can be undone. */
const UNDO_DEPTH = 100;

/** @type {Sheet} */
const BLANK = { strokes: [], picture: null };

/** @param {(change: Change) => void} onChange */
export function createDrawing(onChange) {
  let sheet = BLANK;
  /** @type {Point[] | null} the stroke that is being drawn, last of the strokes */
  let open = null;
  let erasing = false;
  /** @type {Sketch | null} */
  let sketch = null;
  /** @type {readonly Sheet[]} */
  let past = [];
  /** @type {readonly Sheet[]} */
  let future = [];

  function remember() {
    past = [...past.slice(1 - UNDO_DEPTH), sheet];
    future = [];
    endStroke();
  }

  function endStroke() {
    open = null;
    erasing = false;
  }

  /** @returns {boolean} was there a sketch? */
  function endSketch() {
    if (!sketch) return false;
    if (sketch.temporary) [sheet, past, future] = [BLANK, [], []];
    else sheet = sketch.sheet;
    sketch = null;
    return true;
  }

  return {
    /** @returns {readonly Stroke[]} */
    get strokes() {
      return sheet.strokes;
    },

    /** @returns {Uint8Array | null} 28 x 28 pixels, row-major, 0 paper, 255 full ink */
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

    /** Is a sketch being drawn? */
    get sketching() {
      return sketch !== null && !sketch.complete;
    },

    /** Does the drawing disappear at the next change? */
    get temporary() {
      return sketch?.temporary ?? false;
    },

    /** @param {Point} point where the pen touches down; the stroke replaces a picture */
    begin(point) {
      endSketch();
      remember();
      open = [snap(point)];
      sheet = { strokes: [...sheet.strokes, open], picture: null };
      onChange('ink');
    },

    /** @param {readonly Point[]} points where the pen has moved since */
    extend(points) {
      if (!open || points.length === 0) return;
      open.push(...points.map(snap));
      onChange('ink');
    },

    /** Lifts the pen or the eraser. */
    end() {
      if (!open && !erasing) return;
      endStroke();
      onChange('lifted');
    },

    /** The eraser touches down. */
    beginErasing() {
      endSketch();
      remember();
      erasing = true;
    },

    /**
     * @param {Point} from
     * @param {Point} to where the eraser has moved since
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

    /** Undoes the last change: a stroke, an erasure, a clearing, a sample. */
    undo() {
      const ended = endSketch();
      const before = past[past.length - 1];
      if (!before && !ended) return;
      endStroke();
      if (before) {
        past = past.slice(0, -1);
        future = [sheet, ...future];
        sheet = before;
      }
      onChange('settled');
    },

    /** Makes the change again that was undone last. */
    redo() {
      const [after, ...rest] = future;
      if (!after) return;
      past = [...past, sheet];
      future = rest;
      endStroke();
      sheet = after;
      onChange('settled');
    },

    clear() {
      const ended = endSketch();
      if (this.blank && !ended) return;
      if (!this.blank) remember();
      sheet = BLANK;
      onChange('settled');
    },

    /**
     * Begins to draw strokes that replace the drawing, as one change.
     * @param {readonly Stroke[]} strokes
     * @param {boolean} temporary do they disappear at the next change, together with the undo history?
     */
    beginSketch(strokes, temporary) {
      endSketch();
      remember();
      sketch = {
        sheet: { strokes: strokes.map((stroke) => stroke.map(snap)), picture: null },
        temporary,
        complete: false,
      };
    },

    /**
     * Shows the first points of the sketch; showing all of them completes it.
     * @param {number} points how many
     */
    showSketch(points) {
      if (!sketch || sketch.complete) return;
      const { strokes } = sketch.sheet;
      const first = firstPoints(strokes, points);
      const complete = points >= strokes.reduce((sum, stroke) => sum + stroke.length, 0);
      sheet = complete ? sketch.sheet : { strokes: first, picture: null };
      if (complete && sketch.temporary) sketch.complete = true;
      else if (complete) sketch = null;
      onChange(complete ? 'settled' : 'ink');
    },

    /**
     * Replaces the drawing by a whole sheet.
     * @param {Sheet} next
     */
    replace(next) {
      endSketch();
      remember();
      sheet = next;
      onChange('settled');
    },

    /**
     * Replaces the drawing, and forgets the undo history.
     * @param {Sheet} first
     */
    restore(first) {
      sketch = null;
      endStroke();
      [sheet, past, future] = [first, [], []];
      onChange('settled');
    },
  };
}

/**
 * @param {readonly Stroke[]} strokes
 * @param {number} most
 * @returns {Stroke[]}
 */
function firstPoints(strokes, most) {
  /** @type {Stroke[]} */
  const first = [];
  let left = most;
  for (const stroke of strokes) {
    if (left <= 0) break;
    first.push(left >= stroke.length ? stroke : stroke.slice(0, left));
    left -= stroke.length;
  }
  return first;
}
