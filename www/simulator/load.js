// Loads a simulator and the weights of a network: for this thread, and in a form that can be sent to workers.

/** @import { Source } from './types.js' */
/** @import { Api } from './worker-tasks.js' */
/** @import { Parts } from './worker-types.js' */

import { messageOf } from '../ui/errors.js';
import { yieldToMain } from '../ui/yield-to-main.js';
import { fetchBytes, LoadError, loadCarried, moduleError } from './fetch.js';
import { fetchModule } from './wasm-module.js';

/** The names of the parts in messages. */
const SIMULATOR = 'The simulator';
const WEIGHTS = 'The network’s weights';

/**
 * @template {Api<any>} A
 * @typedef {object} Simulator
 * @property {A} api
 * @property {InstanceType<A['Model']>} model
 * @property {Parts} parts for another thread
 */

/** @typedef {{ glue: Source, wasm: Source, weights: Source }} Urls the first is the simulator's JavaScript module */

let attempts = 0;

/**
 * The simulators that are loaded or being loaded, by their URLs.
 * @type {Map<string, { loading: Promise<Simulator<any>>, stop: () => void }>}
 */
const simulators = new Map();

/**
 * Loads the simulator and the weights at the same time; calls with the same URLs share one result. Yields to the browser
 * between the steps that follow, so that input is handled.
 * @template {Api<any>} A
 * @param {Urls} urls
 * @param {boolean} [again] gives up what is still being loaded, and loads it anew
 * @returns {Promise<Simulator<A>>}
 * @throws {LoadError} names the part that failed; a later call tries again
 */
export function loadSimulator(urls, again = false) {
  const key = [urls.glue, urls.wasm, urls.weights].join(' ');
  const known = simulators.get(key);
  if (known && !again) return known.loading;
  known?.stop();
  const controller = new AbortController();
  /** @type {Promise<Simulator<A>>} */
  const loading = load(urls, controller.signal);
  const entry = { loading, stop: () => controller.abort() };
  simulators.set(key, entry);
  loading.catch(() => {
    if (simulators.get(key) === entry) simulators.delete(key);
  });
  return loading;
}

/**
 * @template {Api<any>} A
 * @param {Urls} urls
 * @param {AbortSignal} signal
 * @returns {Promise<Simulator<A>>}
 */
async function load({ glue, wasm: wasmUrl, weights: weightsUrl }, signal) {
  /** @type {[A, WebAssembly.Module, Uint8Array]} */
  const [api, wasm, weights] = await Promise.all([
    importGlue(SIMULATOR, glue),
    fetchModule(SIMULATOR, wasmUrl, signal),
    fetchBytes(WEIGHTS, weightsUrl, signal),
  ]);
  try {
    await api.default({ module_or_path: wasm });
  } catch (error) {
    const mixed = error instanceof WebAssembly.LinkError;
    throw new LoadError(SIMULATOR, mixed ? 'its files are from different versions' : messageOf(error), error);
  }
  await yieldToMain();
  try {
    return { api, model: new api.Model(weights), parts: { glue: String(glue), wasm, weights } };
  } catch (error) {
    throw new LoadError(WEIGHTS, messageOf(error), error);
  }
}

/**
 * @param {string} part the name of the module in the error's message
 * @param {Source} glue
 * @returns {Promise<any>} the module, not yet initialised with its wasm
 * @throws {LoadError}
 */
export async function importGlue(part, glue) {
  if ('load' in glue) return loadCarried(part, glue);
  for (let second = false; ; second = true) {
    const url = new URL(glue);
    // Some browsers remember that a module failed to load; another address makes them ask again.
    if (attempts > 0) url.searchParams.set('attempt', String(attempts));
    attempts += 1;
    try {
      return await import(url.href);
    } catch (error) {
      if (second) throw await moduleError(part, error);
    }
  }
}
