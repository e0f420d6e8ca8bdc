// Encodes drawings and pictures as text for a link: letters, digits, - and _ only.

/** @import { Point, Stroke } from '../simulator/types.js' */

import { PIXELS } from '../simulator/dimensions.js';
import { NORMAL_WIDTH } from '../simulator/ink.js';
import { amountOf, exceeds, MOST_LINKED } from './ink-limits.js';

/** Points lie on a grid with this many positions per canvas unit, so that a link carries them exactly. */
const GRID = 4;

/** The most that a link may carry: canvas units from the pad's origin, sixteenths of a pen's width. */
const MOST = { reach: 1000, width: 64 };

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * The nearest point of the grid.
 * @param {Point} point
 * @returns {Point}
 */
export function snap([x, y, width = NORMAL_WIDTH]) {
  // Adding 0 makes 0 of -0, which no link can tell from it.
  const place = /** @type {const} */ ([Math.round(x * GRID) / GRID + 0, Math.round(y * GRID) / GRID + 0]);
  const whole = Math.round(width);
  return whole === NORMAL_WIDTH ? place : [...place, whole];
}

/**
 * Encodes strokes. Each stroke is the number of its points, then for each point the difference to the point before, in
 * grid units. A stroke along which the pen's width varies begins with a 0, and after each point comes the difference in
 * width. Numbers are in base 32, least significant digit first, one letter per digit; see `encodeSigned` for negative
 * ones.
 * @param {readonly Stroke[]} strokes whose points lie on the grid
 */
export function encodeStrokes(strokes) {
  let text = '';
  let [x, y] = [0, 0];
  for (const stroke of strokes) {
    const pressed = stroke.some((point) => point.length === 3);
    let width = NORMAL_WIDTH;
    if (pressed) text += encodeWhole(0);
    text += encodeWhole(stroke.length);
    for (const point of stroke) {
      const [nextX, nextY] = [Math.round(point[0] * GRID), Math.round(point[1] * GRID)];
      text += encodeSigned(nextX - x) + encodeSigned(nextY - y);
      [x, y] = [nextX, nextY];
      if (!pressed) continue;
      const [, , next = NORMAL_WIDTH] = point;
      text += encodeSigned(next - width);
      width = next;
    }
  }
  return text;
}

/**
 * @param {string} text
 * @returns {Stroke[] | undefined} undefined if `encodeStrokes` did not write the text, or if there is too much ink
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
    const perPoint = pressed ? 3 : 2;
    if (length === 0 || at + perPoint * length > numbers.length) return undefined;
    /** @type {Point[]} */
    const stroke = [];
    let width = NORMAL_WIDTH;
    for (const end = at + perPoint * length; at < end; at += perPoint) {
      x += signed(numbers[at]);
      y += signed(numbers[at + 1]);
      if (pressed) width += signed(numbers[at + 2]);
      if (Math.max(Math.abs(x), Math.abs(y)) > MOST.reach * GRID) return undefined;
      if (width < 1 || width > MOST.width) return undefined;
      stroke.push(snap([x / GRID, y / GRID, width]));
    }
    strokes.push(stroke);
  }
  return exceeds(amountOf(strokes), MOST_LINKED) ? undefined : strokes;
}

/** @param {number} value not negative */
function encodeWhole(value) {
  let text = '';
  let rest = value;
  while (rest >= 32) {
    text += LETTERS[32 + (rest % 32)];
    rest = Math.floor(rest / 32);
  }
  return text + LETTERS[rest];
}

/** Even numbers stand for 0, 1, 2, ..; odd numbers for -1, -2, .. @param {number} value */
function encodeSigned(value) {
  return encodeWhole(value < 0 ? -2 * value - 1 : 2 * value);
}

/** Reverses `encodeSigned`. @param {number} value */
function signed(value) {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** @param {string} text @returns {number[] | undefined} undefined if the text is no sequence of numbers */
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
    // A stroke of one point is up to five numbers.
    if (numbers.length > 5 * MOST_LINKED.points) return undefined;
  }
  return place === 1 ? numbers : undefined;
}

/**
 * Encodes a picture as bytes in base 64. Each run of paper, with the run of ink after it, is written as the lengths of
 * both and the pixels of the ink.
 * @param {Uint8Array} ink 28 x 28 pixels, row-major, 0 paper, 255 full ink
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
 * @param {(pixel: number) => boolean} belongs is the pixel part of the run?
 * @returns {number} the length of the run that begins at `from`, at most 255
 */
function runOf(ink, from, belongs) {
  let length = 0;
  while (length < 255 && from + length < ink.length && belongs(ink[from + length])) length += 1;
  return length;
}

/**
 * @param {string} text
 * @returns {Uint8Array | undefined} undefined if `encodePicture` did not write the text, or the picture has no ink
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
