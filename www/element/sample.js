// The sample digits that `digit` names.

/** @import { Source, Stroke } from '../simulator/types.js' */

import { loadSamples } from '../pad/samples.js';

/** What is loaded or being loaded. @type {Map<string, ReturnType<typeof loadSamples>>} */
const loaded = new Map();

/**
 * @param {string} digit 0 to 9, or the id of a sample
 * @param {Source} source
 * @returns {Promise<Stroke[]>}
 */
export async function sampleOf(digit, source) {
  const key = String(source);
  const loading = loaded.get(key) ?? loadSamples(source);
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  const found = (await loading).find(({ label, id }) => String(label) === digit || id === digit);
  if (!found) throw new Error(`“digit” must be 0 to 9, not “${digit}”.`);
  return found.strokes;
}
