// A small canvas that shows the ink of a digit.

import { SIDE } from '../simulator/dimensions.js';
import { make } from '../ui/dom.js';

/** @typedef {readonly [red: number, green: number, blue: number]} Colour */

/**
 * @param {Uint8Array} ink 28 x 28 pixels
 * @param {Colour} colour
 */
export function createThumbnail(ink, colour) {
  const canvas = make('canvas', { width: String(SIDE), height: String(SIDE) });
  paintThumbnail(canvas, ink, colour);
  return canvas;
}

/**
 * @param {HTMLCanvasElement} canvas 28 x 28 pixels
 * @param {Uint8Array} ink 28 x 28 pixels
 * @param {Colour} colour
 */
export function paintThumbnail(canvas, ink, colour) {
  const image = new ImageData(SIDE, SIDE);
  for (const [i, alpha] of ink.entries()) image.data.set([...colour, alpha], 4 * i);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
}
