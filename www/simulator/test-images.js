// MNIST's test images and their labels: fetched when they are first needed.

/** @import { Images } from './worker-types.js' */

import { fetchBytes, LoadError } from './fetch.js';

/** Their name in error messages. */
const NAME = 'MNIST’s test images';

/** The first two bytes of a gzip file, RFC 1952. */
const GZIP = 0x1f8b;

/** First four bytes of an IDX file: bytes as elements, in three dimensions (images) or one (labels). */
const IDX_IMAGES = 0x803;
const IDX_LABELS = 0x801;

/**
 * @param {object} urls of IDX files, packed with gzip or not
 * @param {URL} urls.images
 * @param {URL} urls.labels
 * @returns {() => Promise<Images>} fetches the images at its first call. It throws a LoadError if that fails; the next
 *   call then tries again.
 */
export function createTestImages(urls) {
  /** @type {Promise<Images> | null} */
  let loading = null;
  return () => {
    loading ??= load(urls).catch((error) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}

/**
 * Copies some of the images.
 * @param {Images} images
 * @param {number} first
 * @param {number} count
 * @returns {Images}
 */
export function imagesFrom({ ink, labels, indices }, first, count) {
  const pixels = ink.length / labels.length;
  return {
    ink: ink.slice(first * pixels, (first + count) * pixels),
    labels: labels.slice(first, first + count),
    indices: indices?.slice(first, first + count),
  };
}

/**
 * @param {{ images: URL, labels: URL }} urls
 * @returns {Promise<Images>}
 */
async function load(urls) {
  const [images, labels] = await Promise.all([fetchIdx(urls.images, IDX_IMAGES), fetchIdx(urls.labels, IDX_LABELS)]);
  if (images.sizes[0] !== labels.sizes[0]) {
    throw new LoadError(NAME, `there are ${images.sizes[0]} images, but ${labels.sizes[0]} labels`);
  }
  return { ink: images.bytes, labels: labels.bytes };
}

/**
 * @param {URL} url
 * @param {number} magic
 * @returns {Promise<{ sizes: number[], bytes: Uint8Array<ArrayBuffer> }>} the size of each dimension, and the elements
 */
async function fetchIdx(url, magic) {
  const fetched = await fetchBytes(NAME, url);
  // Some hosts unpack .gz files while they send them.
  const file = fetched.length > 2 && viewOf(fetched).getUint16(0) === GZIP ? await unpack(fetched) : fetched;
  const damaged = new LoadError(NAME, `${url.pathname} is damaged`);
  const view = viewOf(file);
  if (file.length < 4 || view.getUint32(0) !== magic) throw damaged;
  // The low byte of the magic number counts the dimensions; their sizes follow it.
  const dimensions = magic & 0xff;
  const header = 4 + 4 * dimensions;
  if (file.length < header) throw damaged;
  const sizes = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const bytes = file.subarray(header);
  if (bytes.length !== sizes.reduce((product, size) => product * size, 1)) throw damaged;
  return { sizes, bytes };
}

/** @param {Uint8Array} bytes */
function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @param {Uint8Array<ArrayBuffer>} packed */
async function unpack(packed) {
  if (typeof DecompressionStream === 'undefined') {
    throw new LoadError(NAME, 'this browser is too old to unpack them; it has no DecompressionStream');
  }
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new LoadError(NAME, 'a file is damaged', error);
  }
}
