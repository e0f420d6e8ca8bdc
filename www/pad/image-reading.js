// Reads an image from a file, and finds the digits in it. Loaded when the first image comes.

/** @import { Picture, PicturesApi, Source } from '../simulator/types.js' */

import { loadPictures } from '../simulator/pictures.js';
import { CanvasProtectedError, createPixelReader } from '../ui/canvas-reading.js';
import { yieldToMain } from '../ui/yield-to-main.js';

/** Pixels that are read at a time: 4 MiB. */
const STRIP = 1 << 20;

/** The beginnings of a TIFF file. */
const TIFF = ['II*\0', 'MM\0*'];

/**
 * The caller frees the picture.
 * @param {Blob | ImageBitmap} file a bitmap is closed
 * @param {{ glue: Source, wasm: Source }} urls of the wasm that reads pictures
 * @returns {Promise<Picture>}
 * @throws {Error} with a sentence for the user
 */
export async function readPicture(file, urls) {
  const pictures = await loadPictures(urls);
  if (file instanceof ImageBitmap) return readAndClose(file, pictures);
  if (TIFF.includes(await file.slice(0, 4).text())) {
    return pictures.readTiff(new Uint8Array(await file.arrayBuffer()));
  }
  const bitmap = await createImageBitmap(file).catch((cause) => {
    const isPicture = file.type.startsWith('image/');
    throw new Error(
      isPicture ? 'This browser cannot read that picture. Save it as PNG or JPEG.' : 'This file is not a picture.',
      { cause },
    );
  });
  return readAndClose(bitmap, pictures);
}

/** @param {ImageBitmap} bitmap @param {PicturesApi} pictures */
async function readAndClose(bitmap, pictures) {
  try {
    return await readBitmap(bitmap, pictures);
  } finally {
    bitmap.close();
  }
}

/**
 * Hands the pixels over strip by strip, so that they never lie in memory as a whole a second time, and yields to the browser
 * between strips.
 * @param {ImageBitmap} bitmap
 * @param {PicturesApi} pictures
 */
async function readBitmap(bitmap, { PictureReader }) {
  const { width, height } = bitmap;
  const reader = new PictureReader(width, height);
  try {
    const most = Math.max(1, Math.min(height, Math.floor(STRIP / width)));
    const pixelsOf = createPixelReader(width, most);
    for (let top = 0; top < height; top += most) {
      const pixels = pixelsOf(bitmap, top, Math.min(most, height - top));
      if (!pixels) throw new CanvasProtectedError('it cannot read that picture');
      reader.pushRows(pixels);
      await yieldToMain();
    }
  } catch (error) {
    reader.free();
    throw error;
  }
  return reader.finish();
}
