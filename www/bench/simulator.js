// The pad's own simulator and network.

/** @import { Simulator as Loaded } from '../simulator/load.js' */

import { loadSimulator as load } from '../simulator/load.js';

/** @typedef {Loaded<typeof import('../pkg/spikepad.js')>} Simulator */

/**
 * @returns {Promise<Simulator>}
 * @throws {import('../simulator/simulator.js').LoadError} names the part that failed; calling again tries again
 */
export function loadSimulator() {
  return load({
    glue: new URL('../pkg/spikepad.js', import.meta.url),
    wasm: new URL('../pkg/spikepad_bg.wasm', import.meta.url),
    weights: new URL('../assets/mnist-784-128-10.safetensors', import.meta.url),
  });
}
