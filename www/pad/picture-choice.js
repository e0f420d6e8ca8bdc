// Which of a picture's digits is read.

/** @import { Picture } from '../simulator/types.js' */

/** In pixels of the picture; right and bottom are not included. @typedef {{ left: number, top: number, right: number, bottom: number }} Box */

/**
 * How a picture is read. `selection` holds the indices of the digits that are taken as one; null is the digit that the reader
 * chooses.
 * @typedef {{ readonly sensitivity: number, readonly selection: readonly number[] | null }} Choice
 */

/** The choice that nobody made. @type {Choice} */
export const AUTOMATIC = { sensitivity: 0, selection: null };

/** Share of the smaller box that two readings of one digit have in common at least. */
const COMMON = 0.5;

/**
 * @param {Uint32Array} sides [boxes, 4], as `Picture.boxes` gives them
 * @returns {Box[]}
 */
export function boxesOf(sides) {
  return Array.from({ length: sides.length / 4 }, (_, i) => {
    const [left, top, right, bottom] = sides.subarray(4 * i);
    return { left, top, right, bottom };
  });
}

/**
 * The selection in another reading of the same picture: the same digit, if it is found there again.
 * @param {readonly number[] | null} selection
 * @param {readonly Box[]} before the boxes that it selects from
 * @param {readonly Box[]} after the boxes of the other reading
 * @returns {readonly number[] | null}
 */
export function carriedOver(selection, before, after) {
  if (!selection || after.length === 0) return null;
  if (selection.length > 1) return after.length > 1 ? [...after.keys()] : null;
  const [box] = selection.map((index) => before[index]);
  const shares = after.map((other) => commonArea(box, other) / Math.min(areaOf(box), areaOf(other)));
  const most = Math.max(...shares);
  return most >= COMMON ? [shares.indexOf(most)] : null;
}

/** @param {Box} box */
function areaOf({ left, top, right, bottom }) {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** @param {Box} one @param {Box} other */
function commonArea(one, other) {
  return areaOf({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
}

/**
 * The ink of what is selected.
 * @param {Pick<Picture, 'chosen' | 'digit' | 'joined'>} picture
 * @param {readonly number[] | null} selection
 * @returns {{ ink: Uint8Array, indices: readonly number[] } | null} null if the picture has no digit
 */
export function selected(picture, selection) {
  const { chosen } = picture;
  const indices = selection ?? (chosen === undefined ? [] : [chosen]);
  const [first] = indices;
  if (first === undefined) return null;
  const ink = indices.length > 1 ? picture.joined([...indices]) : picture.digit(first);
  return ink ? { ink, indices } : null;
}
