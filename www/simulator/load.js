// Loads a simulator and the weights of a network: for this thread, and in a form that can be sent to workers.

/** @import { Api } from './worker-tasks.js' */
/** @import { Parts } from './worker-types.js' */

import { messageOf } from '../ui/errors.js';
import { yieldToMain } from '../ui/yield-to-main.js';
import { fetchBytes, fetchOk, LoadError } from './fetch.js';

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

/** @typedef {{ glue: URL, wasm: URL, weights: URL }} Urls the first is the simulator's JavaScript module */

let attempts = 0;

/** The simulators that are loaded or being loaded, by their URLs. @type {Map<string, Promise<Simulator<any>>>} */
const simulators = new Map();

/**
 * Loads the simulator and the weights at the same time; calls with the same URLs share one result. Yields to the browser
 * between the steps that follow, so that input is handled.
 * @template {Api<any>} A
 * @param {Urls} urls
 * @returns {Promise<Simulator<A>>}
 * @throws {LoadError} names the part that failed; a later call tries again
 */
export function loadSimulator(urls) {
  const key = [urls.glue, urls.wasm, urls.weights].join(' ');
  const known = simulators.get(key);
  if (known) return known;
  /** @type {Promise<Simulator<A>>} */
  const loading = load(urls);
  simulators.set(key, loading);
  loading.catch(() => simulators.delete(key));
  return loading;
}

/**
 * @template {Api<any>} A
 * @param {Urls} urls
 * @returns {Promise<Simulator<A>>}
 */
async function load({ glue, wasm: wasmUrl, weights: weightsUrl }) {
  /** @type {[A, WebAssembly.Module, Uint8Array]} */
  const [api, wasm, weights] = await Promise.all([
    importGlue(glue),
    fetchOk(SIMULATOR, wasmUrl).then(compile),
    fetchBytes(WEIGHTS, weightsUrl),
  ]);
  try {
    await api.default({ module_or_path: wasm });
  } catch (error) {
    throw unsupported(error);
  }
  await yieldToMain();
  try {
    return { api, model: new api.Model(weights), parts: { glue: glue.href, wasm, weights } };
  } catch (error) {
    throw new LoadError(WEIGHTS, messageOf(error), error);
  }
}

/**
 * @param {URL} glue
 * @returns {Promise<any>} the module, not yet initialised with its wasm
 * @throws {LoadError}
 */
async function importGlue(glue) {
  const url = new URL(glue);
  // A browser remembers that a module failed to load; another address makes it ask again.
  if (attempts > 0) url.searchParams.set('attempt', String(attempts));
  attempts += 1;
  try {
    return await import(url.href);
  } catch (error) {
    throw new LoadError(SIMULATOR, 'the connection failed', error);
  }
}

/** @param {Response} response */
async function compile(response) {
  try {
    // Compiling while the bytes arrive needs the right type, which not every host sends.
    if (response.headers.get('Content-Type') === 'application/wasm') {
      return await WebAssembly.compileStreaming(response);
    }
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    throw unsupported(error);
  }
}

/** @param {unknown} error */
function unsupported(error) {
  return new LoadError(SIMULATOR, 'this browser cannot run it; it needs WebAssembly with SIMD', error);
}
