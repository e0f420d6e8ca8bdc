// Erases parts of strokes and of pictures.

/** @import { Point, Stroke } from '../simulator/types.js' */

import { CELL, SIDE } from '../simulator/dimensions.js';
import { inkOf, NORMAL_WIDTH } from '../simulator/ink.js';

/** Longest segment of a line that is erased point by point, canvas units; smoothed lines have none that is longer. */
const SEGMENT = 5;

/**
 * Removes from strokes what lies within `radius` of the line from `from` to `to`. Strokes that it does not touch stay the
 * same objects.
 * @param {readonly Stroke[]} strokes
 * @param {Point} from
 * @param {Point} to
 * @param {number} radius canvas units
 * @returns {readonly Stroke[]}
 */
export function eraseStrokes(strokes, from, to, radius) {
  return strokes.flatMap((stroke) => {
    // Cuts the painted line, so that it ends where the eraser was and not at the last point that the pen reported.
    const line = fineLineOf(inkOf(stroke).line);
    if (!line.some((point) => distance(point, from, to) < radius)) return [stroke];
    /** @type {Point[][]} */
    const left = [[]];
    for (const point of line) {
      if (distance(point, from, to) >= radius) left[left.length - 1].push(point);
      else if (left[left.length - 1].length > 0) left.push([]);
    }
    return left.filter((piece) => piece.length > 1);
  });
}

/** @type {WeakMap<Stroke, Stroke>} */
const fineLines = new WeakMap();

/** The line, subdivided; the eraser asks for it wherever it goes. @param {Stroke} line */
function fineLineOf(line) {
  const fine = fineLines.get(line) ?? subdivide(line);
  fineLines.set(line, fine);
  return fine;
}

/**
 * Adds points to segments that are longer than `SEGMENT`: a stroke of two points has none between them.
 * @param {Stroke} line
 * @returns {Stroke}
 */
function subdivide(line) {
  return line.flatMap((point, i) => {
    const before = line[i - 1] ?? point;
    const [dx, dy] = [point[0] - before[0], point[1] - before[1]];
    const [, , from = NORMAL_WIDTH] = before;
    const [, , to = NORMAL_WIDTH] = point;
    const pieces = Math.ceil(Math.hypot(dx, dy) / SEGMENT);
    const between = Array.from({ length: Math.max(0, pieces - 1) }, (_, k) => {
      const share = (k + 1) / pieces;
      return /** @type {Point} */ ([before[0] + share * dx, before[1] + share * dy, from + share * (to - from)]);
    });
    return [...between, point];
  });
}

/**
 * @param {Uint8Array} picture 28 x 28
 * @param {Point} from
 * @param {Point} to
 * @param {number} radius canvas units
 * @returns {Uint8Array | null} null if no ink is left
 */
export function erasePicture(picture, from, to, radius) {
  const left = picture.map((ink, i) => {
    const centre = /** @type {Point} */ ([((i % SIDE) + 0.5) * CELL, (Math.floor(i / SIDE) + 0.5) * CELL]);
    return distance(centre, from, to) < radius ? 0 : ink;
  });
  return left.some((ink) => ink > 0) ? left : null;
}

/**
 * The distance of a point from a line segment.
 * @param {Point} point
 * @param {Point} from
 * @param {Point} to
 */
function distance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1);
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
