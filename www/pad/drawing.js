// The drawing on the pad, with undo and redo: strokes, or a picture that replaces them.

/** @import { Point, Stroke } from '../simulator/types.js' */

import { amountOf, exceeds, MOST_DRAWN, MOST_LINKED } from '../state/ink-limits.js';
import { snap } from '../state/stroke-codec.js';
import { erasePicture, eraseStrokes } from './eraser.js';

/**
 * What happened to the drawing: 'ink' while a stroke or a sketch is being drawn or erased, or a picture adjusted; 'lifted' when
 * the pen leaves the drawing as it was at the last 'ink'; 'settled' when another drawing has replaced it.
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

/**
 * @param {(change: Change) => void} onChange
 * @param {() => void} [onFull] what was to be drawn or erased is not, because the drawing would hold more ink than a link can
 *   carry
 */
export function createDrawing(onChange, onFull = () => {}) {
  let sheet = BLANK;
  /** @type {Point[] | null} the stroke that is being drawn, last of the strokes */
  let open = null;
  /** Ink of the drawing with that stroke. */
  let amount = { points: 0, length: 0 };
  /** What was there before it, or before the erasure. @type {readonly [Sheet, readonly Sheet[]] | null} */
  let before = null;
  let actions = 0;
  let erasing = false;
  /** Is the picture being adjusted? */
  let adjusting = false;
  /** The last picture that was adjusted. @type {Uint8Array | null} */
  let adjusted = null;
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
    adjusting = false;
  }

  /**
   * Before the visitor does something to the drawing.
   * @returns {boolean} was there a sketch?
   */
  function beginAction() {
    actions += 1;
    before = null;
    return endSketch();
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
    /**
     * Counts what the visitor has done to the drawing: whatever takes a while and was asked for before the last of it comes
     * too late.
     */
    get actions() {
      return actions;
    },

    /**
     * The visitor has asked for something that takes a while.
     * @returns {number} `actions`, until the visitor does something else
     */
    announce() {
      actions += 1;
      return actions;
    },

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

    /** Is a stroke being drawn? */
    get open() {
      return open !== null;
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

    /**
     * @param {Point} point where the pen touches down; the stroke replaces a picture
     * @param {boolean} [again] does it only come back to the pad?
     */
    begin(point, again = false) {
      const start = again ? before : null;
      beginAction();
      const strokes = [...sheet.strokes, [snap(point)]];
      const added = amountOf(strokes);
      if (exceeds(added, MOST_DRAWN)) return onFull();
      amount = added;
      before = start ?? [sheet, past];
      remember();
      open = /** @type {Point[]} */ (strokes[strokes.length - 1]);
      sheet = { strokes, picture: null };
      onChange('ink');
    },

    /** @param {readonly Point[]} points where the pen has moved since */
    extend(points) {
      if (!open || points.length === 0) return;
      const { length } = open;
      for (const point of points.map(snap)) {
        const last = open[open.length - 1];
        const step = Math.hypot(point[0] - last[0], point[1] - last[1]);
        // The ink is the same without a point that stays where the last one was.
        if (step === 0) continue;
        const added = { points: amount.points + 1, length: amount.length + step };
        if (exceeds(added, MOST_DRAWN)) {
          onFull();
          break;
        }
        amount = added;
        open.push(point);
      }
      if (open.length > length) onChange('ink');
    },

    /** Lifts the pen or the eraser, or ends an adjustment. */
    end() {
      if (!open && !erasing && !adjusting) return;
      endStroke();
      onChange('lifted');
    },

    /** Takes back what was drawn or erased since the pen or the eraser touched down. */
    cancel() {
      if (!before) return;
      [sheet, past] = before;
      before = null;
      endStroke();
      onChange('settled');
    },

    /** The eraser touches down. */
    beginErasing() {
      beginAction();
      before = [sheet, past];
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
      const { picture } = sheet;
      const old = new Set(sheet.strokes);
      const strokes = eraseStrokes(sheet.strokes, from, to, radius).map((stroke) =>
        old.has(stroke) ? stroke : stroke.map(snap),
      );
      if (exceeds(amountOf(strokes), MOST_LINKED)) return onFull();
      sheet = { strokes, picture: picture && erasePicture(picture, from, to, radius) };
      onChange('ink');
    },

    /** Undoes the last change: a stroke, an erasure, a clearing, a sample. */
    undo() {
      const ended = beginAction();
      const earlier = past[past.length - 1];
      if (!earlier && !ended) return;
      endStroke();
      if (earlier) {
        past = past.slice(0, -1);
        future = [sheet, ...future];
        sheet = earlier;
      }
      onChange('settled');
    },

    /** Makes the change again that was undone last. */
    redo() {
      actions += 1;
      before = null;
      const [after, ...rest] = future;
      if (!after) return;
      past = [...past, sheet];
      future = rest;
      endStroke();
      sheet = after;
      onChange('settled');
    },

    clear() {
      const ended = beginAction();
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
      if (temporary) endSketch();
      else beginAction();
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
      beginAction();
      remember();
      sheet = eitherOf(next);
      onChange('settled');
    },

    /**
     * Replaces the drawing by a picture that is being adjusted, until `end()`. Adjustments one after another are one change.
     * @param {Uint8Array} picture
     */
    adjust(picture) {
      const again = adjusted !== null && sheet.picture === adjusted;
      beginAction();
      if (again) future = [];
      else remember();
      adjusting = true;
      adjusted = picture;
      sheet = { strokes: [], picture };
      onChange('ink');
    },

    /**
     * Shows what another pad shows, as it changes there. Nobody has done anything to this drawing.
     * @param {Sheet} shown
     * @param {Change} change what happened to it
     */
    follow(shown, change) {
      before = null;
      endStroke();
      sketch = null;
      sheet = shown;
      onChange(change);
    },

    /**
     * Replaces the drawing, and forgets the undo history.
     * @param {Sheet} first
     */
    restore(first) {
      beginAction();
      endStroke();
      [sheet, past, future] = [eitherOf(first), [], []];
      onChange('settled');
    },
  };
}

/**
 * The network reads the picture where there is one, so there are no strokes beside it.
 * @param {Sheet} sheet
 * @returns {Sheet}
 */
function eitherOf({ strokes, picture }) {
  return { strokes: picture ? [] : strokes, picture };
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
