// Loads the wasm that reads pictures, when the first picture comes.

/** @import { PicturesApi, Source } from './types.js' */

import { messageOf } from '../ui/errors.js';
import { LoadError } from './fetch.js';
import { importGlue } from './load.js';
import { fetchModule } from './wasm-module.js';

/** The name of the part in messages. */
const PART = 'The part of the page that reads pictures';

/** @typedef {{ glue: Source, wasm: Source }} Urls the first is its JavaScript module */

/** What is loaded or being loaded, by its address. @type {Map<string, Promise<PicturesApi>>} */
const loaded = new Map();

/**
 * Calls with the same addresses share one result.
 * @param {Urls} urls
 * @returns {Promise<PicturesApi>}
 * @throws {LoadError} a later call tries again
 */
export function loadPictures(urls) {
  const key = `${urls.glue} ${urls.wasm}`;
  const known = loaded.get(key);
  if (known) return known;
  const loading = load(urls);
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
}

/** @param {Urls} urls @returns {Promise<PicturesApi>} */
async function load({ glue, wasm }) {
  const [api, module] = await Promise.all([importGlue(PART, glue), fetchModule(PART, wasm)]);
  try {
    await api.default({ module_or_path: module });
  } catch (error) {
    const mixed = error instanceof WebAssembly.LinkError;
    throw new LoadError(PART, mixed ? 'its files are from different versions' : messageOf(error), error);
  }
  return api;
}
