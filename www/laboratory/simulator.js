// The simulator with the dialects, and the question's weights.

/** @import { Simulator as Loaded } from '../simulator/load.js' */

import { loadSimulator as load } from '../simulator/load.js';

/** @typedef {Loaded<typeof import('../pkg/laboratory.js')>} Simulator its model is the question's network */

/**
 * @returns {Promise<Simulator>}
 * @throws {import('../simulator/simulator.js').LoadError} names the part that failed; calling again tries again
 */
export function loadSimulator() {
  return load({
    glue: new URL('../pkg/laboratory.js', import.meta.url),
    wasm: new URL('../pkg/laboratory_bg.wasm', import.meta.url),
    weights: new URL('../assets/question-784-128-10.safetensors', import.meta.url),
  });
}
