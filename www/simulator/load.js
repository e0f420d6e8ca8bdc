// A simulator and the weights of a network, loaded once: for this thread, and in a form that workers can take.

/** @import { Api } from './worker-tasks.js' */
/** @import { Parts } from './worker-types.js' */

import { breath } from '../ui/yield-to-main.js';
import { fetchBytes, fetchOk, importSimulator, LoadError, SIMULATOR, WEIGHTS } from './simulator.js';

/**
 * @template {Api<any>} A
 * @typedef {object} Simulator
 * @property {A} api
 * @property {InstanceType<A['Model']>} model
 * @property {Parts} parts for another thread
 */

/**
 * @template {Api<any>} A
 * @param {object} urls
 * @param {URL} urls.glue the simulator's JavaScript side
 * @param {URL} urls.wasm
 * @param {URL} urls.weights
 * @returns {Promise<Simulator<A>>}
 * @throws {LoadError} names the part that failed; calling again tries again
 */
export async function loadSimulator({ glue, wasm: wasmUrl, weights: weightsUrl }) {
  /** @type {[A, WebAssembly.Module, Uint8Array]} */
  const [api, wasm, weights] = await Promise.all([
    importSimulator(glue),
    fetchOk(SIMULATOR, wasmUrl).then(compile),
    fetchBytes(WEIGHTS, weightsUrl),
  ]);
  await api.default({ module_or_path: wasm });
  await breath();
  try {
    return { api, model: new api.Model(weights), parts: { glue: glue.href, wasm, weights } };
  } catch (error) {
    throw new LoadError(WEIGHTS, error instanceof Error ? error.message : String(error), error);
  }
}

/** @param {Response} response */
async function compile(response) {
  try {
    return await WebAssembly.compile(await response.arrayBuffer());
  } catch (error) {
    throw new LoadError(SIMULATOR, 'this browser cannot run it; it needs WebAssembly with SIMD', error);
  }
}
