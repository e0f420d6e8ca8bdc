// How much ink a drawing may hold. Smoothing, painting and reading take time for each point and for each unit of length, so
// these bounds keep the page fluid, and a link short enough to be read at once.

/** @import { Stroke } from '../simulator/types.js' */

/** What the pen can be as wide as, and is at first, canvas units. */
export const PEN_WIDTHS = { min: 4, max: 40, initial: 20 };

/** @typedef {{ readonly points: number, readonly length: number }} Amount length in canvas units */

/** What the pen may draw: several times the ink that covers the whole pad. @type {Amount} */
export const MOST_DRAWN = { points: 10_000, length: 30_000 };

/** What a link may carry. The eraser cuts strokes into pieces, whose points are closer. @type {Amount} */
export const MOST_LINKED = { points: 20_000, length: 40_000 };

/** What a pad says that takes no more ink. */
export const FULL = 'The pad is full. Undo a stroke, or clear the pad, to draw on.';

/** A stroke counts as so much length besides its own, because a dot has none, canvas units. */
export const STROKE = 8;

/** A point wider than any that the pad draws takes as long to paint as several others, sixteenths of the pen's width. */
const WIDE = { from: 27, points: 4 };

/** @param {readonly Stroke[]} strokes @returns {Amount} */
export function amountOf(strokes) {
  let [points, length] = [0, STROKE * strokes.length];
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.length; i++) {
      points += (stroke[i][2] ?? 0) < WIDE.from ? 1 : WIDE.points;
      if (i === 0) continue;
      length += Math.hypot(stroke[i][0] - stroke[i - 1][0], stroke[i][1] - stroke[i - 1][1]);
    }
  }
  return { points, length };
}

/**
 * @param {Amount} amount
 * @param {Amount} most
 */
export function exceeds({ points, length }, most) {
  return points > most.points || length > most.length;
}
