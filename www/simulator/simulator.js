// Turns drawings into recordings: the one module that calls the pad's simulator.

/** @import { Network, OwnedRecording, Settings, Sheet, Stroke, Verdict } from './types.js' */

import { CANVAS, SIDE, sideOf } from './dimensions.js';
import { enlargementOf, NORMAL_WIDTH } from './ink.js';

/** @typedef {typeof import('../pkg/spikepad.js')} Api */

/** The simulator for networks of any size, with biases. @typedef {typeof import('../pkg/laboratory.js')} AnyApi */

/**
 * @typedef {object} Recorder
 * @property {Network} network
 * @property {boolean} own is it the network that ships, whole, for which accuracies were measured?
 * @property {Settings} defaults the settings that suit the network best
 * @property {(sheet: Sheet, settings: Settings) => OwnedRecording | null} present presents what is on the pad to the network;
 *   null if the pad is blank; throws an Error with a sentence for the user if the settings contradict each other
 * @property {(strokes: readonly Stroke[]) => number[][]} digitsOf which strokes are which digit, in reading order
 * @property {(ink: Uint8Array, settings: Settings) => Verdict} answer presents a picture, some pixels of which must have
 *   ink, and keeps only the verdict
 * @property {() => number} freshSeed
 */

/**
 * @param {Api} api `AnyApi` for a network that needs it
 * @param {InstanceType<Api['Model']>} model
 * @param {boolean} [own] is it the network that ships, and whole?
 * @param {string | null} [damage] what is broken in it
 * @returns {Recorder}
 */
export function createRecorder(api, model, own = true, damage = null) {
  const sizes = [...model.layerSizes()];
  const side = sideOf({ length: sizes[0] });
  return {
    network: {
      sizes,
      layout: model.hiddenLayout(),
      weights: listOnDemand(sizes.length - 1, (layer) => model.weights(layer)),
      damage,
    },
    own,
    defaults: model.defaults(),
    freshSeed: api.freshSeed,

    present(sheet, settings) {
      return using(digitOf(api, sheet, side), (digit) => {
        const probabilities = damage ? annOf(model, digit, settings.seed) : model.ann(digit);
        return Object.freeze({
          ...recordingOf(model.present(digit, settings)),
          settings,
          damage,
          gains: [...model.gains(settings)],
          currents: listOnDemand(sizes.length - 1, (layer) => currentsOf(model, layer, settings)),
          active: model.active(digit),
          digitInk: digit.ink(),
          enlargement: isCropped(sheet) ? enlargementOf(sheet.pieces, sheet.penWidth) : undefined,
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
      const verdict = using(inkOf(api, ink, side), (digit) =>
        using(model.present(digit, settings), (run) => run.verdict()),
      );
      if (!verdict) throw new Error('A picture without ink has no answer.');
      return verdict;
    },
  };
}

/** Is it a drawing that is cropped before the network sees it? @param {Sheet} sheet */
function isCropped({ picture, framing }) {
  return !picture && framing === 'mnist';
}

/**
 * The digit that the network sees. It is in the simulator's memory, and the caller must free it.
 * @template {Sized<D>} D
 * @param {{ Digit: DigitClass<D> }} api
 * @param {Sheet} sheet
 * @param {number} [side] of the picture that the network takes, pixels
 * @returns {D | undefined} undefined if the sheet is blank
 */
export function digitOf(api, { pieces, picture, penWidth, framing }, side = SIDE) {
  if (picture) return inkOf(api, picture, side);
  const { Digit } = api;
  const strokes = pieces.map((piece) => piece.points);
  const [points, lengths] = [pointsOf(strokes), lengthsOf(strokes)];
  const widths = new Float32Array(pieces.map(({ width }) => (width / NORMAL_WIDTH) * penWidth));
  if (framing === 'mnist') {
    const { fromStrokesWithSide: fitted } = Digit;
    return fitted ? fitted(points, lengths, widths, side) : Digit.fromStrokes(points, lengths, widths);
  }
  return resized(Digit.fromUncroppedStrokes(points, lengths, widths, CANVAS, framing === 'centred'), SIDE, side);
}

/**
 * A picture as the network sees it.
 * @template {Sized<D>} D
 * @param {{ Digit: DigitClass<D> }} api
 * @param {Uint8Array} ink of a square picture
 * @param {number} side of the picture that the network takes, pixels
 */
function inkOf({ Digit }, ink, side) {
  return resized(Digit.fromInk(ink), sideOf(ink), side);
}

/**
 * @template {Sized<D>} D
 * @param {D | undefined} digit is freed if it has another size
 * @param {number} from its side, pixels
 * @param {number} to
 */
function resized(digit, from, to) {
  return from === to ? digit : (using(digit, (each) => each.resized?.(to)) ?? undefined);
}

/**
 * @param {InstanceType<Api['Model']> & Partial<InstanceType<AnyApi['Model']>>} model
 * @param {number} layer
 * @param {Settings} settings
 */
function currentsOf(model, layer, settings) {
  return model.constantCurrents?.(layer, settings) ?? new Float32Array(0);
}

/**
 * The ANN's probabilities in a damaged network.
 * @param {InstanceType<Api['Model']>} model
 * @param {ReturnType<Api['Digit']['fromInk']>} digit
 * @param {number} seed chooses what is lost
 */
function annOf(model, digit, seed) {
  return /** @type {InstanceType<AnyApi['Model']>} */ (model).annPresented(/** @type {any} */ (digit), seed);
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
 * @template D
 * @typedef {{ resized?(side: number): D | undefined, free(): void }} Sized
 */

/**
 * The class that `digitOf` needs. A build of the simulator for 28 x 28 pixels has no functions for other sizes.
 * @template D
 * @typedef {object} DigitClass
 * @property {(ink: Uint8Array) => D | undefined} fromInk
 * @property {(points: Float32Array, lengths: Uint32Array, widths: Float32Array) => D | undefined} fromStrokes
 * @property {(points: Float32Array, lengths: Uint32Array, widths: Float32Array, side: number) => D | undefined}
 *   [fromStrokesWithSide]
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
