// The one module that knows the simulator: loads it and the weights, and turns drawings into recordings.

/** @import { Network, Recording, Settings, Sheet, Verdict } from './types.js' */

import { breath } from '../ui/yield-to-main.js';
import { NORMAL } from './ink.js';

/**
 * @typedef {object} Core
 * @property {Network} network
 * @property {Settings} defaults the settings that suit the network best
 * @property {(sheet: Sheet, settings: Settings) => Recording | null} present presents what is on the pad to the network;
 *   null where that is nothing; throws an Error with a sentence for people where the settings do not go together
 * @property {(ink: Uint8Array, settings: Settings) => Verdict} answer presents 28 x 28 pixels of ink, of which some must
 *   not be paper, and keeps the answer only
 * @property {(image: ImageData) => Uint8Array | null} pictureOf the 28 x 28 that a picture of any size becomes, dark on
 *   light or light on dark; null where it has no contrast
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

/** The parts as they are named to people. */
export const SIMULATOR = 'The simulator';
export const WEIGHTS = 'The network’s weights';

/** Where the simulator's two parts are. */
const GLUE = new URL('../pkg/spikepad.js', import.meta.url);
const WASM = new URL('../pkg/spikepad_bg.wasm', import.meta.url);

let attempts = 0;

/**
 * Loads the simulator and the weights, at the same time; what is made of them is made with a breath between, so that no
 * hand is held up.
 * @returns {Promise<Core>}
 * @throws {LoadError} names the part that failed; calling again tries again
 */
export async function loadCore() {
  const [simulator, wasm, weights] = await Promise.all([
    importSimulator(GLUE),
    fetchOk(SIMULATOR, WASM),
    fetchBytes(WEIGHTS, new URL('../assets/mnist-784-128-10.safetensors', import.meta.url)),
  ]);
  try {
    await simulator.default({ module_or_path: wasm });
  } catch (error) {
    throw new LoadError(SIMULATOR, 'this browser cannot run it; it needs WebAssembly with SIMD', error);
  }
  await breath();
  try {
    const model = new simulator.Model(weights);
    await breath();
    return coreOf(simulator, model);
  } catch (error) {
    throw new LoadError(WEIGHTS, error instanceof Error ? error.message : String(error), error);
  }
}

/**
 * @param {URL} url of the JavaScript side of a simulator
 * @returns {Promise<any>} its module, the wasm still to be handed to it
 * @throws {LoadError}
 */
export async function importSimulator(url) {
  const glue = new URL(url);
  // A browser remembers that a module failed to load; another address makes it ask again.
  if (attempts > 0) glue.searchParams.set('attempt', String(attempts));
  attempts += 1;
  try {
    return await import(glue.href);
  } catch (error) {
    throw new LoadError(SIMULATOR, 'the connection failed', error);
  }
}

/**
 * @param {string} part what it is, for people
 * @param {URL} url
 * @throws {LoadError}
 */
export async function fetchOk(part, url) {
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

/**
 * @param {string} part what it is, for people
 * @param {URL} url
 * @throws {LoadError}
 */
export async function fetchBytes(part, url) {
  const response = await fetchOk(part, url);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new LoadError(part, 'the connection broke', error);
  }
}

/**
 * @param {typeof import('../pkg/spikepad.js')} simulator
 * @param {import('../pkg/spikepad.js').Model} model
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

    present(sheet, settings) {
      return using(digitOf(simulator, sheet), (digit) =>
        using(model.present(digit, settings), (run) => {
          const probabilities = model.ann(digit);
          const digitInk = digit.ink();
          const again = (/** @type {number} */ layer) =>
            /** @type {Float32Array} */ (
              using(simulator.Digit.fromInk(digitInk), (same) =>
                using(model.present(same, settings), (other) => other.membranes(layer)),
              )
            );
          return Object.freeze({
            ...recordingOf(run, again),
            settings,
            gains: [...model.gains(settings)],
            digitInk,
            ann: { digit: probabilities.indexOf(Math.max(...probabilities)), probabilities },
          });
        }),
      );
    },

    answer(ink, settings) {
      const verdict = using(simulator.Digit.fromInk(ink), (digit) =>
        using(model.present(digit, settings), (run) => run.verdict()),
      );
      if (!verdict) throw new Error('A picture without ink has no answer.');
      return verdict;
    },

    pictureOf(image) {
      return using(simulator.Digit.fromImageData(image), (digit) => digit.ink());
    },
  };
}

/** Canvas units along each side of the pad. */
const PAD = 280;

/**
 * @param {typeof import('../pkg/spikepad.js')} simulator
 * @param {Sheet} sheet
 */
export function digitOf({ Digit }, { pieces, picture, penWidth, framing }) {
  if (picture) return Digit.fromInk(picture);
  const points = new Float32Array(2 * pieces.reduce((sum, piece) => sum + piece.points.length, 0));
  let at = 0;
  for (const piece of pieces) {
    for (const [x, y] of piece.points) {
      points[at++] = x;
      points[at++] = y;
    }
  }
  const lengths = new Uint32Array(pieces.map((piece) => piece.points.length));
  const widths = new Float32Array(pieces.map(({ width }) => (width / NORMAL) * penWidth));
  if (framing === 'mnist') return Digit.fromStrokes(points, lengths, widths);
  return Digit.fromUncroppedStrokes(points, lengths, widths, PAD, framing === 'centred');
}

/**
 * Uses something that lies in the simulator's memory, and frees it.
 * @template {{ free(): void }} T
 * @template R
 * @param {T | undefined} thing
 * @param {(thing: T) => R} use
 * @returns {R | null} null where there is nothing to use
 */
function using(thing, use) {
  if (!thing) return null;
  try {
    return use(thing);
  } finally {
    thing.free();
  }
}

/**
 * Copies a recording out of the simulator's memory.
 * @param {import('../pkg/spikepad.js').Recording} run
 * @param {(layer: number) => Float32Array} again presents the same again, which gives the same to the last bit, for the
 *   potentials of a layer
 */
function recordingOf(run, again) {
  const sizes = [...run.layerSizes()];
  const output = sizes.length - 1;
  return {
    steps: run.steps,
    layers: sizes.map((size, layer) => {
      const spikes = { size, offsets: run.spikeOffsets(layer), neurons: run.spikeNeurons(layer) };
      if (layer === 0 || layer === output) return { ...spikes, membranes: run.membranes(layer) };
      // The potentials of hidden neurons are most of a recording, and few look at them: not copied at every point of a
      // stroke, but had when they are asked for.
      /** @type {Float32Array | null} */
      let membranes = null;
      return {
        ...spikes,
        get membranes() {
          membranes ??= again(layer);
          return membranes;
        },
      };
    }),
    counts: run.counts(),
    winners: run.winners(),
    verdict: run.verdict(),
  };
}
