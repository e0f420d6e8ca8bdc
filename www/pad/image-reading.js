// Reads an image from a file as a picture of ink. Loaded when the first image comes.

import { CanvasProtectedError, pixelsOf } from '../ui/canvas-reading.js';

/** A larger image is scaled down to this many pixels a side before it is read. */
const LARGEST_SIDE = 1024;

/**
 * @param {Blob} file
 * @param {(image: ImageData) => Uint8Array | null} pictureOf
 * @returns {Promise<Uint8Array>} 28 x 28 pixels of ink
 * @throws {Error} with a sentence for the user
 */
export async function readImage(file, pictureOf) {
  if (!file.type.startsWith('image/')) throw new Error('This file is not a picture.');
  /** @type {ImageData | null} */
  let image;
  try {
    image = await decode(file);
  } catch (error) {
    throw new Error('This browser cannot read that picture.', { cause: error });
  }
  if (!image) throw new CanvasProtectedError('it cannot read that picture');
  const picture = pictureOf(image);
  if (!picture) throw new Error('This picture shows nothing: it has no contrast.');
  return picture;
}

/** @param {Blob} file */
async function decode(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const image = pixelsOf(bitmap, width, height);
  bitmap.close();
  return image;
}
