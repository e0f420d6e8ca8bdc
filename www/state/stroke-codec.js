// Drawings and pictures as text that a link can carry: letters, digits, - and _ only.

/** @import { Point, Stroke } from '../simulator/types.js' */

import { NORMAL } from '../simulator/ink.js';

/** Strokes lie on a grid of this many points to a canvas unit, so that a link carries them exactly. */
const GRID = 4;

/** What a link may carry at most: points of strokes, canvas units from the pad's origin, sixteenths of a pen's width. */
const MOST = { points: 20_000, reach: 1000, width: 64 };

const PIXELS = 784;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The point of the grid that lies nearest.
 * @param {Point} point
 * @returns {Point}
 */
export function snap([x, y, width = NORMAL]) {
  const place = /** @type {const} */ ([Math.round(x * GRID) / GRID, Math.round(y * GRID) / GRID]);
  const whole = Math.round(width);
  return whole === NORMAL ? place : [...place, whole];
}

/**
 * Strokes as text: of each its number of points, then how far each point lies from the one before; where the pen's width
 * varies, a 0 before all that, and after each point how much wider the pen is. Numbers are in base 32, least first, a
 * letter a digit.
 * @param {readonly Stroke[]} strokes of points that are on the grid
 */
export function encodeStrokes(strokes) {
  let text = '';
  let [x, y] = [0, 0];
  for (const stroke of strokes) {
    const pressed = stroke.some((point) => point.length === 3);
    let width = NORMAL;
    if (pressed) text += encodeWhole(0);
    text += encodeWhole(stroke.length);
    for (const point of stroke) {
      const [nextX, nextY] = [Math.round(point[0] * GRID), Math.round(point[1] * GRID)];
      text += encodeSigned(nextX - x) + encodeSigned(nextY - y);
      [x, y] = [nextX, nextY];
      if (!pressed) continue;
      const [, , next = NORMAL] = point;
      text += encodeSigned(next - width);
      width = next;
    }
  }
  return text;
}

/**
 * @param {string} text
 * @returns {Stroke[] | undefined} nothing where it is not what `encodeStrokes` wrote
 */
export function decodeStrokes(text) {
  const numbers = decodeNumbers(text);
  if (!numbers) return undefined;
  /** @type {Stroke[]} */
  const strokes = [];
  let [x, y, at] = [0, 0, 0];
  while (at < numbers.length) {
    const pressed = numbers[at] === 0;
    if (pressed) at += 1;
    const length = numbers[at] ?? 0;
    at += 1;
    const each = pressed ? 3 : 2;
    if (length === 0 || length > MOST.points || at + each * length > numbers.length) return undefined;
    /** @type {Point[]} */
    const stroke = [];
    let width = NORMAL;
    for (const end = at + each * length; at < end; at += each) {
      x += signed(numbers[at]);
      y += signed(numbers[at + 1]);
      if (pressed) width += signed(numbers[at + 2]);
      if (Math.max(Math.abs(x), Math.abs(y)) > MOST.reach * GRID) return undefined;
      if (width < 1 || width > MOST.width) return undefined;
      stroke.push(snap([x / GRID, y / GRID, width]));
    }
    strokes.push(stroke);
  }
  return strokes;
}

/** @param {number} value 0 or more */
function encodeWhole(value) {
  let text = '';
  let rest = value;
  while (rest >= 32) {
    text += LETTERS[32 + (rest % 32)];
    rest = Math.floor(rest / 32);
  }
  return text + LETTERS[rest];
}

/** @param {number} value */
function encodeSigned(value) {
  return encodeWhole(value < 0 ? -2 * value - 1 : 2 * value);
}

/** @param {number} value */
function signed(value) {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** @param {string} text */
function decodeNumbers(text) {
  const numbers = [];
  let [value, place] = [0, 1];
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0 || place > 32 ** 4) return undefined;
    value += (digit % 32) * place;
    place *= 32;
    if (digit >= 32) continue;
    numbers.push(value);
    [value, place] = [0, 1];
    if (numbers.length > 5 * MOST.points) return undefined;
  }
  return place === 1 ? numbers : undefined;
}

/**
 * A picture of 28 x 28 as text: over and over the length of a run of paper, that of a run of ink, and the ink; as bytes
 * in base 64.
 * @param {Uint8Array} ink 784 pixels, row-major, 0 paper, 255 full ink
 */
export function encodePicture(ink) {
  /** @type {number[]} */
  const bytes = [];
  for (let at = 0; at < ink.length; ) {
    const paper = runOf(ink, at, (pixel) => pixel === 0);
    const inked = runOf(ink, at + paper, (pixel) => pixel !== 0);
    bytes.push(paper, inked, ...ink.subarray(at + paper, at + paper + inked));
    at += paper + inked;
  }
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * @param {Uint8Array} ink
 * @param {number} from
 * @param {(pixel: number) => boolean} belongs
 * @returns {number} a byte
 */
function runOf(ink, from, belongs) {
  let length = 0;
  while (length < 255 && from + length < ink.length && belongs(ink[from + length])) length += 1;
  return length;
}

/**
 * @param {string} text
 * @returns {Uint8Array | undefined} nothing where it is not what `encodePicture` wrote, or has no ink
 */
export function decodePicture(text) {
  /** @type {string} */
  let bytes;
  try {
    bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
  const ink = new Uint8Array(PIXELS);
  let [at, pixel] = [0, 0];
  while (at + 1 < bytes.length) {
    const [paper, inked] = [bytes.charCodeAt(at), bytes.charCodeAt(at + 1)];
    at += 2;
    pixel += paper;
    if (pixel + inked > PIXELS || at + inked > bytes.length) return undefined;
    for (let i = 0; i < inked; i++) ink[pixel + i] = bytes.charCodeAt(at + i);
    at += inked;
    pixel += inked;
  }
  return at === bytes.length && pixel === PIXELS && ink.some((value) => value > 0) ? ink : undefined;
}
