// Files that modules carry as text: gzip in base64. A bundler keeps a module, but loses a file that a module names.

/** @import { Source } from '../../www/simulator/types.js' */

/**
 * @param {string} text
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function unpack(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/**
 * @param {string} name that no other file has
 * @param {() => Promise<any>} load
 * @returns {Source}
 */
export const source = (name, load) => ({ load, toString: () => `spikepad:${name}` });

/**
 * @param {string} name that no other file has
 * @param {() => Promise<string>} load
 * @returns {Source}
 */
export const carried = (name, load) => source(name, async () => unpack(await load()));
