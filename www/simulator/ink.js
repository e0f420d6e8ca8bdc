// From the points that a pointer reports to the line that is both painted and recognised: a curve through every point,
// corners kept, as wide as the pen was pressed.

/** @import { Piece, Point, Stroke } from './types.js' */

/** Longest straight piece of a curve, in canvas units. */
const PIECE = 4;

/** Cosine of the turn at which a point is a corner rather than a bend, 55 degrees; `Math.cos` may differ by browser. */
const CORNER = 0.573576436351046;

/** The width of a pen that is pressed normally, in sixteenths. */
export const NORMAL = 16;

/** @type {WeakMap<Stroke, { points: number, line: Stroke, pieces: readonly Piece[] }>} */
const known = new WeakMap();

/**
 * The ink of a stroke; it is made anew only if the stroke changed since it was last asked for.
 * @param {Stroke} stroke
 */
export function inkOf(stroke) {
  const before = known.get(stroke);
  if (before?.points === stroke.length) return before;
  const line = smooth(stroke);
  const ink = { points: stroke.length, line, pieces: piecesOf(line) };
  known.set(stroke, ink);
  return ink;
}

/** @param {Point} point in sixteenths */
function widthAt([, , width = NORMAL]) {
  return width;
}

/**
 * @param {Stroke} line
 * @returns {Piece[]}
 */
function piecesOf(line) {
  if (line.length < 2 || line.every((point) => widthAt(point) === NORMAL)) {
    return [{ points: line, width: line.length === 1 ? widthAt(line[0]) : NORMAL }];
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
 * A Catmull-Rom curve through the points, as a polyline; it breaks at corners.
 * @param {Stroke} points
 * @returns {Stroke}
 */
export function smooth(points) {
  const path = withoutRepeats(points);
  if (path.length < 3) return path;
  /** @type {Point[]} */
  const line = [path[0]];
  for (let i = 0; i + 1 < path.length; i++) {
    const [from, to] = [path[i], path[i + 1]];
    const before = i > 0 && !isCorner(path[i - 1], from, to) ? path[i - 1] : from;
    const after = i + 2 < path.length && !isCorner(from, to, path[i + 2]) ? path[i + 2] : to;
    const pieces = Math.ceil(distance(from, to) / PIECE);
    for (let k = 1; k < pieces; k++) line.push(between(before, from, to, after, k / pieces));
    line.push(to);
  }
  return line;
}

/** @param {Stroke} points */
function withoutRepeats(points) {
  return points.filter((point, i) => i === 0 || distance(points[i - 1], point) > 0.01);
}

/**
 * Browsers may differ in the last bit of `Math.hypot`, but not in that of a square root: a link must make the same line,
 * and so the same spikes, in all of them.
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
  // Tangents as for evenly spaced points, held to the length of this piece, so that uneven points make no loops.
  const span = distance(b, c);
  const [inX, inY] = tangent(a, b, c, span);
  const [outX, outY] = tangent(b, c, d, span);
  const t2 = t * t;
  const t3 = t2 * t;
  const [h0, h1, h2, h3] = [2 * t3 - 3 * t2 + 1, t3 - 2 * t2 + t, 3 * t2 - 2 * t3, t3 - t2];
  const [x, y] = [h0 * b[0] + h1 * inX + h2 * c[0] + h3 * outX, h0 * b[1] + h1 * inY + h2 * c[1] + h3 * outY];
  const width = widthAt(b) + (widthAt(c) - widthAt(b)) * t;
  return width === NORMAL ? [x, y] : [x, y, width];
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
