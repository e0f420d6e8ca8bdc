// The one module that knows the simulator: loads it and the weights, and turns strokes into recordings.

/** @import { Network, Recording, Settings, Stroke } from './types.js' */

/**
 * @typedef {object} Core
 * @property {Network} network
 * @property {Settings} defaults the settings that suit the network best
 * @property {(strokes: readonly Stroke[], penWidth: number, settings: Settings) => Recording | null} present
 *   presents a drawing to the network; null where nothing is drawn
 * @property {() => number} freshSeed
 */

/** A part of the page that could not be loaded; its message is a sentence for people. */
export class LoadError extends Error {
  /**
   * @param {string} part what was to be loaded
   * @param {string} reason
   * @param {unknown} [cause]
   */
  constructor(part, reason, cause) {
    super(`${part} could not be loaded: ${reason}.`, { cause });
    this.name = 'LoadError';
  }
}

const SIMULATOR = 'The simulator';
const WEIGHTS = 'The network’s weights';

let attempts = 0;

/**
 * Loads the simulator and the weights, at the same time.
 * @returns {Promise<Core>}
 * @throws {LoadError} names the part that failed; calling again tries again
 */
export async function loadCore() {
  const glue = new URL('./pkg/spikepad.js', import.meta.url);
  // A browser remembers that a module failed to load; another address makes it ask again.
  if (attempts > 0) glue.searchParams.set('attempt', String(attempts));
  attempts += 1;
  const [simulator, wasm, weights] = await Promise.all([
    importSimulator(glue.href),
    fetchOk(SIMULATOR, new URL('./pkg/spikepad_bg.wasm', import.meta.url)),
    fetchOk(WEIGHTS, new URL('./assets/mnist-784-128-10.safetensors', import.meta.url)).then(bytesOf),
  ]);
  try {
    await simulator.default({ module_or_path: wasm });
  } catch (error) {
    throw new LoadError(SIMULATOR, 'this browser cannot run it; it needs WebAssembly with SIMD', error);
  }
  try {
    return coreOf(simulator, new simulator.Model(weights));
  } catch (error) {
    throw new LoadError(WEIGHTS, error instanceof Error ? error.message : String(error), error);
  }
}

/**
 * @param {string} url
 * @returns {Promise<typeof import('./pkg/spikepad.js')>}
 */
async function importSimulator(url) {
  try {
    return await import(url);
  } catch (error) {
    throw new LoadError(SIMULATOR, 'the connection failed', error);
  }
}

/**
 * @param {string} part
 * @param {URL} url
 */
async function fetchOk(part, url) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new LoadError(part, 'the connection failed', error);
  }
  if (!response.ok) throw new LoadError(part, `the server answered ${response.status}`);
  return response;
}

/** @param {Response} response */
async function bytesOf(response) {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new LoadError(WEIGHTS, 'the connection broke', error);
  }
}

/**
 * @param {typeof import('./pkg/spikepad.js')} simulator
 * @param {import('./pkg/spikepad.js').Model} model
 * @returns {Core}
 */
function coreOf(simulator, model) {
  const sizes = [...model.layerSizes()];
  return {
    network: {
      sizes,
      layout: model.hiddenLayout(),
      weights: sizes.slice(1).map((_, layer) => model.weights(layer)),
    },
    defaults: model.defaults(),
    freshSeed: simulator.freshSeed,

    present(strokes, penWidth, settings) {
      const digit = simulator.Digit.fromStrokes(
        new Float32Array(strokes.flat(2)),
        new Uint32Array(strokes.map((stroke) => stroke.length)),
        penWidth,
      );
      if (!digit) return null;
      try {
        const run = model.present(digit, settings);
        try {
          return recordingOf(run, digit.ink(), model.ann(digit), settings);
        } finally {
          run.free();
        }
      } finally {
        digit.free();
      }
    },
  };
}

/**
 * Copies a recording out of the simulator's memory.
 * @param {import('./pkg/spikepad.js').Recording} run
 * @param {Uint8Array} digitInk
 * @param {Float32Array} probabilities
 * @param {Settings} settings
 * @returns {Recording}
 */
function recordingOf(run, digitInk, probabilities, settings) {
  return Object.freeze({
    steps: run.steps,
    dt: settings.dt,
    threshold: settings.threshold,
    seed: settings.seed,
    digitInk,
    layers: [...run.layerSizes()].map((size, layer) => ({
      size,
      offsets: run.spikeOffsets(layer),
      neurons: run.spikeNeurons(layer),
      membranes: run.membranes(layer),
    })),
    counts: run.counts(),
    winners: run.winners(),
    verdict: run.verdict(),
    ann: { digit: probabilities.indexOf(Math.max(...probabilities)), probabilities },
  });
}
