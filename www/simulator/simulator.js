// Turns drawings into recordings: the one module that calls the pad's simulator.

/** @import { Network, OwnedRecording, Settings, Sheet, Stroke, Verdict } from './types.js' */

import { CANVAS } from './dimensions.js';
import { NORMAL_WIDTH } from './ink.js';

/** @typedef {typeof import('../pkg/spikepad.js')} Api */

/**
 * @typedef {object} Recorder
 * @property {Network} network
 * @property {boolean} own is it the network that ships, for which accuracies were measured?
 * @property {Settings} defaults the settings that suit the network best
 * @property {(sheet: Sheet, settings: Settings) => OwnedRecording | null} present presents what is on the pad to the network;
 *   null if the pad is blank; throws an Error with a sentence for the user if the settings contradict each other
 * @property {(strokes: readonly Stroke[]) => number[][]} digitsOf which strokes are which digit, in reading order
 * @property {(ink: Uint8Array, settings: Settings) => Verdict} answer presents a picture, some pixels of which must have
 *   ink, and keeps only the verdict
 * @property {() => number} freshSeed
 */

/**
 * @param {Api} api
 * @param {InstanceType<Api['Model']>} model
 * @param {boolean} [own] is it the network that ships?
 * @returns {Recorder}
 */
export function createRecorder(api, model, own = true) {
  const sizes = [...model.layerSizes()];
  return {
    network: {
      sizes,
      layout: model.hiddenLayout(),
      weights: listOnDemand(sizes.length - 1, (layer) => model.weights(layer)),
    },
    own,
    defaults: model.defaults(),
    freshSeed: api.freshSeed,

    present(sheet, settings) {
      return using(digitOf(api, sheet), (digit) => {
        const probabilities = model.ann(digit);
        return Object.freeze({
          ...recordingOf(model.present(digit, settings)),
          settings,
          gains: [...model.gains(settings)],
          digitInk: digit.ink(),
          ann: { digit: probabilities.indexOf(Math.max(...probabilities)), probabilities },
        });
      });
    },

    digitsOf(strokes) {
      const places = api.digitsOfStrokes(pointsOf(strokes), lengthsOf(strokes));
      /** @type {number[][]} */
      const digits = [];
      for (const [stroke, place] of places.entries()) {
        while (digits.length <= place) digits.push([]);
        if (place >= 0) digits[place].push(stroke);
      }
      return digits;
    },

    answer(ink, settings) {
      const verdict = using(api.Digit.fromInk(ink), (digit) =>
        using(model.present(digit, settings), (run) => run.verdict()),
      );
      if (!verdict) throw new Error('A picture without ink has no answer.');
      return verdict;
    },
  };
}

/**
 * The digit that the network sees. It is in the simulator's memory, and the caller must free it.
 * @template D
 * @param {{ Digit: DigitClass<D> }} api
 * @param {Sheet} sheet
 * @returns {D | undefined} undefined if the sheet is blank
 */
export function digitOf({ Digit }, { pieces, picture, penWidth, framing }) {
  if (picture) return Digit.fromInk(picture);
  const strokes = pieces.map((piece) => piece.points);
  const [points, lengths] = [pointsOf(strokes), lengthsOf(strokes)];
  const widths = new Float32Array(pieces.map(({ width }) => (width / NORMAL_WIDTH) * penWidth));
  if (framing === 'mnist') return Digit.fromStrokes(points, lengths, widths);
  return Digit.fromUncroppedStrokes(points, lengths, widths, CANVAS, framing === 'centred');
}

/**
 * @param {readonly Stroke[]} strokes
 * @returns {Float32Array} x, y, x, y, .. of all strokes
 */
function pointsOf(strokes) {
  const points = new Float32Array(2 * strokes.reduce((sum, stroke) => sum + stroke.length, 0));
  let at = 0;
  for (const [x, y] of strokes.flat()) {
    points[at++] = x;
    points[at++] = y;
  }
  return points;
}

/** @param {readonly Stroke[]} strokes */
function lengthsOf(strokes) {
  return new Uint32Array(strokes.map((stroke) => stroke.length));
}

/**
 * The class that `digitOf` needs; every build of the simulator exports it.
 * @template D
 * @typedef {object} DigitClass
 * @property {(ink: Uint8Array) => D | undefined} fromInk
 * @property {(points: Float32Array, lengths: Uint32Array, widths: Float32Array) => D | undefined} fromStrokes
 * @property {(points: Float32Array, lengths: Uint32Array, widths: Float32Array, side: number, centred: boolean) =>
 *   D | undefined} fromUncroppedStrokes
 */

/**
 * Copies a recording out of the simulator's memory. The potentials of hidden neurons, most of the recording, stay there
 * until they are read, because few views read them.
 * @param {Omit<import('../pkg/spikepad.js').Recording, typeof Symbol.dispose>} run freed by the `free()` of the result;
 *   garbage collection frees it too, but collects too rarely for one recording per point of a stroke
 */
export function recordingOf(run) {
  const sizes = [...run.layerSizes()];
  const output = sizes.length - 1;
  let freed = false;
  return {
    steps: run.steps,
    layers: sizes.map((size, layer) => {
      const spikes = { size, offsets: run.spikeOffsets(layer), neurons: run.spikeNeurons(layer) };
      if (layer === 0 || layer === output) return { ...spikes, membranes: run.membranes(layer) };
      /** @type {Float32Array | null} */
      let membranes = null;
      return {
        ...spikes,
        get membranes() {
          if (!membranes && freed) throw new Error('The potentials of a recording cannot be read once it is freed.');
          membranes ??= run.membranes(layer);
          return membranes;
        },
      };
    }),
    counts: run.counts(),
    winners: run.winners(),
    verdict: run.verdict(),
    /** Gives the simulator its memory back; potentials of hidden neurons that were not read are lost. */
    free() {
      if (!freed) run.free();
      freed = true;
    },
  };
}

/**
 * A list whose elements are made when they are first read: copies of all weights of a large network take 200 MB.
 * @template T
 * @param {number} length
 * @param {(index: number) => T} make
 * @returns {readonly T[]}
 */
function listOnDemand(length, make) {
  /** @type {T[]} */
  const list = [];
  for (let index = 0; index < length; index++) {
    Object.defineProperty(list, index, {
      configurable: true,
      enumerable: true,
      get() {
        const value = make(index);
        Object.defineProperty(list, index, { value });
        return value;
      },
    });
  }
  return list;
}

/**
 * Uses an object in the simulator's memory, and frees it.
 * @template {{ free(): void }} T
 * @template R
 * @param {T | undefined} object
 * @param {(object: T) => R} use
 * @returns {R | null} null if there is no object
 */
function using(object, use) {
  if (!object) return null;
  try {
    return use(object);
  } finally {
    object.free();
  }
}
