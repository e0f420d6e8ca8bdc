// MNIST's 10,000 test images and their labels.

/** @import { Images } from './worker-types.js' */

import { PIXELS } from './dimensions.js';
import { fetchBytes, LoadError } from './fetch.js';

const WHAT = 'MNIST’s test images';

/** The first bytes of gzip (RFC 1952) and of the two kinds of IDX file. */
const GZIP = 0x1f8b;
const IDX = { images: { magic: 0x803, header: 16 }, labels: { magic: 0x801, header: 8 } };

/**
 * @param {object} urls
 * @param {URL} urls.images
 * @param {URL} urls.labels
 * @returns {() => Promise<Images>} loads them when it is first called; throws a LoadError, after which it can be called
 *   again
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
 * A copy of some of them.
 * @param {Images} images
 * @param {number} first
 * @param {number} count
 * @returns {Images}
 */
export function imagesFrom({ ink, labels }, first, count) {
  return { ink: ink.slice(first * PIXELS, (first + count) * PIXELS), labels: labels.slice(first, first + count) };
}

/**
 * @param {{ images: URL, labels: URL }} urls
 * @returns {Promise<Images>}
 */
async function load(urls) {
  const [ink, labels] = await Promise.all([fetchIdx(urls.images, IDX.images), fetchIdx(urls.labels, IDX.labels)]);
  if (ink.length !== labels.length * PIXELS) throw new LoadError(WHAT, 'there is not one label per image');
  return { ink, labels };
}

/**
 * @param {URL} url
 * @param {{ magic: number, header: number }} kind
 * @returns {Promise<Uint8Array<ArrayBuffer>>} what follows the header
 */
async function fetchIdx(url, { magic, header }) {
  const packed = await fetchBytes(WHAT, url);
  // Some hosts unpack files named .gz as they send them, others do not.
  const bytes = packed.length > 2 && view(packed).getUint16(0) === GZIP ? await unpack(packed) : packed;
  if (bytes.length < header || view(bytes).getUint32(0) !== magic) throw new LoadError(WHAT, 'the file is damaged');
  return bytes.subarray(header);
}

/** @param {Uint8Array} bytes */
function view(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @param {Uint8Array<ArrayBuffer>} packed */
async function unpack(packed) {
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new LoadError(WHAT, 'the file is damaged', error);
  }
}
