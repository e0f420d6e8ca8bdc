// Turns the points that a pointer reports into the line that is both painted and recognised: a curve through every point
// that keeps corners, as wide as the pen was pressed.

/** @import { Piece, Point, Stroke } from './types.js' */

import { CANVAS, SIDE } from './dimensions.js';

/** Longest straight segment of a curve, canvas units. */
const SEGMENT = 4;

/** Cosine of 55 degrees: a point with a sharper turn is a corner. Written out, because `Math.cos` may differ by browser. */
const CORNER = 0.573576436351046;

/** The width of a pen under normal pressure, in sixteenths of the width that is set. */
export const NORMAL_WIDTH = 16;

/**
 * @typedef {object} Ink
 * @property {number} points of the stroke, when this was computed
 * @property {readonly Point[]} path the points without repeats
 * @property {Stroke} line
 * @property {number} fixed the points of the line that stay as they are when the stroke grows
 * @property {readonly Piece[]} pieces
 */

/** @type {WeakMap<Stroke, Ink>} */
const cache = new WeakMap();

/**
 * The ink of a stroke. Only what has grown since the last call is computed.
 * @param {Stroke} stroke
 * @returns {Ink}
 */
export function inkOf(stroke) {
  const known = cache.get(stroke);
  if (known?.points === stroke.length) return known;
  const path = known ? [...known.path] : [];
  for (let i = known?.points ?? 0; i < stroke.length; i++) {
    if (i === 0 || distance(stroke[i - 1], stroke[i]) > 0.01) path.push(stroke[i]);
  }
  // The curve ends in the segment before the last point, which bends where another point follows.
  const start = known && known.path.length > 2 ? known.path.length - 2 : 0;
  const line = start > 0 && known ? known.line.slice(0, known.fixed) : path.slice(0, 1);
  // Two points make a straight line until a third one comes.
  const fixed = path.length > 2 ? addCurve(line, path, start) : 0;
  if (path.length === 2) line.push(path[1]);
  const ink = { points: stroke.length, path, line, fixed, pieces: piecesOf(line) };
  cache.set(stroke, ink);
  return ink;
}

/** Pixels into which the ink of a digit is scaled, of the `SIDE` pixels of its picture: `FIT` of src/digit/picture.rs. */
const FITTED = 20;

/**
 * How many times a drawing is enlarged where it is cropped and scaled as MNIST's digits were.
 * @param {readonly Piece[]} pieces
 * @param {number} penWidth of normal pressure, canvas units
 */
export function enlargementOf(pieces, penWidth) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const { points, width } of pieces) {
    const radius = ((width / NORMAL_WIDTH) * penWidth) / 2;
    for (const point of points) {
      for (const axis of [0, 1]) {
        low[axis] = Math.min(low[axis], point[axis] - radius);
        high[axis] = Math.max(high[axis], point[axis] + radius);
      }
    }
  }
  return ((FITTED / SIDE) * CANVAS) / Math.max(high[0] - low[0], high[1] - low[1]);
}

/**
 * The ink of several strokes.
 * @param {readonly Stroke[]} strokes
 * @returns {Piece[]}
 */
export function inkPieces(strokes) {
  return strokes.flatMap((stroke) => inkOf(stroke).pieces);
}

/** @param {Point} point @returns {number} the pen's width there, in sixteenths */
function widthAt([, , width = NORMAL_WIDTH]) {
  return width;
}

/**
 * @param {Stroke} line
 * @returns {Piece[]}
 */
function piecesOf(line) {
  if (line.length < 2 || line.every((point) => widthAt(point) === NORMAL_WIDTH)) {
    return [{ points: line, width: line.length === 1 ? widthAt(line[0]) : NORMAL_WIDTH }];
  }
  /** @type {{ points: Point[], width: number }[]} */
  const pieces = [];
  for (let i = 0; i + 1 < line.length; i++) {
    const width = Math.round((widthAt(line[i]) + widthAt(line[i + 1])) / 2);
    const last = pieces[pieces.length - 1];
    if (last?.width === width) last.points.push(line[i + 1]);
    else pieces.push({ points: [line[i], line[i + 1]], width });
  }
  return pieces;
}

/**
 * A Catmull-Rom curve through the points, as a polyline, broken at corners.
 * @param {Stroke} points
 * @returns {Stroke}
 */
export function smooth(points) {
  return inkOf([...points]).line;
}

/**
 * Adds the curve through the points of a path, from one of them on, to a line that ends there.
 * @param {Point[]} line
 * @param {readonly Point[]} path three points or more
 * @param {number} start
 * @returns {number} the points that the line has before the last segment
 */
function addCurve(line, path, start) {
  let fixed = line.length;
  for (let i = start; i + 1 < path.length; i++) {
    fixed = line.length;
    const [from, to] = [path[i], path[i + 1]];
    const before = i > 0 && !isCorner(path[i - 1], from, to) ? path[i - 1] : from;
    const after = i + 2 < path.length && !isCorner(from, to, path[i + 2]) ? path[i + 2] : to;
    const segments = Math.ceil(distance(from, to) / SEGMENT);
    for (let k = 1; k < segments; k++) line.push(between(before, from, to, after, k / segments));
    line.push(to);
  }
  return fixed;
}

/**
 * Uses a square root, whose result is the same in every browser to the last bit; that of `Math.hypot` is not. A link must
 * give the same line, and so the same spikes, in all browsers.
 * @param {Point} a
 * @param {Point} b
 */
function distance([ax, ay], [bx, by]) {
  const [x, y] = [bx - ax, by - ay];
  return Math.sqrt(x * x + y * y);
}

/**
 * @param {Point} a
 * @param {Point} b the point in question
 * @param {Point} c
 */
function isCorner(a, b, c) {
  const dot = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
  return dot < CORNER * distance(a, b) * distance(b, c);
}

/**
 * @param {Point} a
 * @param {Point} b
 * @param {Point} c
 * @param {Point} d
 * @param {number} t from 0 at b to 1 at c
 * @returns {Point}
 */
function between(a, b, c, d, t) {
  // Tangents for evenly spaced points, scaled to the length of this segment, so that uneven points make no loops.
  const span = distance(b, c);
  const [inX, inY] = tangent(a, b, c, span);
  const [outX, outY] = tangent(b, c, d, span);
  const t2 = t * t;
  const t3 = t2 * t;
  const [h0, h1, h2, h3] = [2 * t3 - 3 * t2 + 1, t3 - 2 * t2 + t, 3 * t2 - 2 * t3, t3 - t2];
  const [x, y] = [h0 * b[0] + h1 * inX + h2 * c[0] + h3 * outX, h0 * b[1] + h1 * inY + h2 * c[1] + h3 * outY];
  const width = widthAt(b) + (widthAt(c) - widthAt(b)) * t;
  return width === NORMAL_WIDTH ? [x, y] : [x, y, width];
}

/**
 * @param {Point} a
 * @param {Point} b where the tangent is wanted
 * @param {Point} c
 * @param {number} length
 */
function tangent(a, b, c, length) {
  const along = distance(a, b) + distance(b, c);
  return [((c[0] - a[0]) / along) * length, ((c[1] - a[1]) / along) * length];
}
