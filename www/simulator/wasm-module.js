// Fetches and compiles WebAssembly, with errors that say why that failed.

/** @import { Source } from './types.js' */

import { fetchBytes, fetchOk, isPage, LoadError, loadCarried, REPLACED } from './fetch.js';

/** The smallest module, which holds nothing. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** A module whose function counts the bits of a vector: (i8x16.popcnt (i8x16.splat (i32.const 0))). */
const VECTOR_MODULE = Uint8Array.of(
  ...EMPTY_MODULE,
  ...[1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 10, 1, 8, 0, 0x41, 0, 0xfd, 0x0f, 0xfd, 0x62, 0x0b],
);

/**
 * @param {string} part what the module is, for the error's message
 * @param {Source} url
 * @param {AbortSignal} [signal] gives it up
 * @returns {Promise<WebAssembly.Module>}
 * @throws {LoadError}
 */
export async function fetchModule(part, url, signal) {
  try {
    if ('load' in url) return await WebAssembly.compile(await loadCarried(part, url));
    return await fetchOk(part, url, compile(part), signal);
  } catch (error) {
    if (error instanceof LoadError) throw error;
    throw new LoadError(part, await whyNotCompiled(part, url), error);
  }
}

/** @param {string} part @returns {(response: Response) => Promise<WebAssembly.Module>} */
function compile(part) {
  return async (response) => {
    if (isPage(response)) throw new LoadError(part, REPLACED);
    // Compiling while the bytes arrive needs the right type, which not every host sends.
    if (response.headers.get('Content-Type') === 'application/wasm') return WebAssembly.compileStreaming(response);
    return WebAssembly.compile(await response.arrayBuffer());
  };
}

/**
 * @param {string} part
 * @param {Source} url
 * @returns {Promise<string>} why the browser does not compile what is there
 * @throws {LoadError} it cannot be fetched any more
 */
async function whyNotCompiled(part, url) {
  if (typeof WebAssembly !== 'object') return 'this browser has no WebAssembly, or does not allow it';
  if (!WebAssembly.validate(VECTOR_MODULE)) return 'this browser is too old; it needs WebAssembly with SIMD';
  try {
    await WebAssembly.compile(EMPTY_MODULE);
  } catch {
    return "the content security policy of this page forbids WebAssembly: its script-src needs 'wasm-unsafe-eval'";
  }
  const bytes = await fetchBytes(part, url);
  const isModule = EMPTY_MODULE.every((byte, i) => byte === bytes[i]);
  return isModule ? 'the file is incomplete or damaged' : 'what the server sent is not WebAssembly';
}
