// From the points that a pointer reports to the line that is both painted and recognised: a curve through every point,
// corners kept.

/** @import { Point, Stroke } from './types.js' */

/** Longest straight piece of a curve, in canvas units. */
const PIECE = 4;

/** Cosine of the turn at which a point is a corner rather than a bend, 55 degrees; `Math.cos` may differ by browser. */
const CORNER = 0.573576436351046;

/** @type {WeakMap<Stroke, { points: number, line: Stroke }>} */
const lines = new WeakMap();

/**
 * The lines of strokes; only those that changed since they were last asked for are made anew.
 * @param {readonly Stroke[]} strokes
 * @returns {Stroke[]}
 */
export function inkOf(strokes) {
  return strokes.map((stroke) => {
    const known = lines.get(stroke);
    if (known?.points === stroke.length) return known.line;
    const line = smooth(stroke);
    lines.set(stroke, { points: stroke.length, line });
    return line;
  });
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
  return [h0 * b[0] + h1 * inX + h2 * c[0] + h3 * outX, h0 * b[1] + h1 * inY + h2 * c[1] + h3 * outY];
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
