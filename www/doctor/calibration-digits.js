// The labelled digits on which networks are examined: 300 of MNIST's training digits.

/** @import { Source } from '../simulator/types.js' */
/** @import { Images } from '../simulator/worker-types.js' */

import { PIXELS } from '../simulator/dimensions.js';
import { fetchBytes } from '../simulator/fetch.js';

/** Where the numbers begin in IDX files of images and of labels (http://yann.lecun.com/exdb/mnist/). */
const HEADER = { images: 16, labels: 8 };

/** Weights that an examination may add, about, before it takes fewer digits. */
const WORK = 1e11;

/** The fewest digits, whatever the work. */
const FEWEST = 30;

/** @typedef {{ packed: Uint8Array<ArrayBuffer>, plain: Uint8Array<ArrayBuffer> }} CalibrationFile packed with gzip, and unpacked */

/**
 * Some hosts send a file with the ending .gz so that browsers unpack it.
 * @param {Source} url
 * @returns {Promise<CalibrationFile>}
 */
export async function fetchCalibrationDigits(url) {
  const bytes = await fetchBytes('The calibration digits', url);
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const other = await through(bytes, isPacked ? new DecompressionStream('gzip') : new CompressionStream('gzip'));
  return isPacked ? { packed: bytes, plain: other } : { packed: other, plain: bytes };
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} transform
 */
async function through(bytes, transform) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer());
}

/**
 * The digits of a file: IDX files of images of 28 x 28 pixels and of labels, one behind the other.
 * @param {Uint8Array<ArrayBuffer>} plain
 * @returns {Images}
 */
export function digitsOf(plain) {
  const count = new DataView(plain.buffer, plain.byteOffset).getUint32(4);
  const end = HEADER.images + count * PIXELS;
  return { ink: plain.subarray(HEADER.images, end), labels: plain.subarray(end + HEADER.labels) };
}

/**
 * How many of the digits an examination takes.
 * @param {readonly number[]} sizes neurons of each layer, the input first
 * @param {number} steps of a presentation
 * @param {number} all
 */
export function countFor(sizes, steps, all) {
  const weights = sizes.slice(1).reduce((sum, size, layer) => sum + size * sizes[layer], 0);
  // About one in five inputs of a layer fires in a step.
  return Math.min(all, Math.max(FEWEST, Math.floor((5 * WORK) / (weights * steps))));
}
