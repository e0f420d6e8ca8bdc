// The simulator and the question's weights, loaded once: for this thread, and in a form that workers can take.

import { fetchBytes, fetchOk, importSimulator, LoadError, SIMULATOR, WEIGHTS } from '../core.js';

/** The simulator with the dialects: its two parts. */
const GLUE = new URL('../pkg/laboratory.js', import.meta.url);
const WASM = new URL('../pkg/laboratory_bg.wasm', import.meta.url);

/**
 * @typedef {object} Simulator
 * @property {typeof import('../pkg/laboratory.js')} api
 * @property {import('../pkg/laboratory.js').Model} model the question's network
 * @property {{ glue: string, wasm: WebAssembly.Module, weights: Uint8Array }} parts for another thread
 */

/**
 * @returns {Promise<Simulator>}
 * @throws {LoadError} names the part that failed; calling again tries again
 */
export async function loadSimulator() {
  /** @type {[Simulator['api'], WebAssembly.Module, Uint8Array]} */
  const [api, wasm, weights] = await Promise.all([
    importSimulator(GLUE),
    fetchOk(SIMULATOR, WASM).then(compile),
    fetchBytes(WEIGHTS, new URL('../assets/question-784-128-10.safetensors', import.meta.url)),
  ]);
  await api.default({ module_or_path: wasm });
  try {
    return { api, model: new api.Model(weights), parts: { glue: GLUE.href, wasm, weights } };
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
