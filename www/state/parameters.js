// Everything about the page that a link carries, in one table: the form, the link, its checks and its help are all made
// from it.

/** @import { Encoding, Neuron, Normalisation, Readout, Reset, Stroke } from '../simulator/types.js' */

import { SPEEDS } from './speeds.js';
import { decodePicture, decodeStrokes, encodePicture, encodeStrokes } from './stroke-codec.js';

/**
 * A kind of value, as text and back.
 * @template T
 * @typedef {object} Kind
 * @property {(text: string) => T | undefined} parse nothing where the text is no such value
 * @property {(value: T) => string} format
 * @property {string} range what a value must be, for people
 */

/** @typedef {Kind<number> & { min: number, max: number, whole: boolean }} NumberKind */
/** @typedef {Kind<number | null> & { min: number, max: number, whole: boolean, none: string }} OptionalKind */
/** @typedef {Kind<any> & { options: readonly { value: any, text: string }[] }} ChoiceKind */

/**
 * A setting of the simulator: its default is the network's own, known once it is loaded.
 * @typedef {object} SettingParameter
 * @property {'steps' | 'dt' | 'maxRate' | 'tauM' | 'threshold' | 'reset' | 'refractory' | 'normalisation' | 'encoding' |
 *   'readout' | 'seed'} name
 * @property {string} key its name in the link
 * @property {string} label what follows a _ is an index
 * @property {string} unit empty where it has none
 * @property {string} sentence what it does
 * @property {NumberKind | OptionalKind | ChoiceKind} kind
 * @property {boolean} [log] is it a matter of factors rather than of differences?
 */

/**
 * @param {number} min
 * @param {number} max
 * @param {boolean} [whole]
 * @returns {NumberKind}
 */
function number(min, max, whole = false) {
  return {
    min,
    max,
    whole,
    parse(text) {
      const value = text.trim() === '' ? Number.NaN : Number(text);
      return value >= min && value <= max && (!whole || Number.isInteger(value)) ? value : undefined;
    },
    format: String,
    range: `a ${whole ? 'whole ' : ''}number from ${min} to ${max === Number.MAX_SAFE_INTEGER ? '2⁵³ − 1' : max}`,
  };
}

/**
 * @param {NumberKind} kind
 * @param {string} none the text for no value
 * @returns {OptionalKind}
 */
function orNone(kind, none) {
  return {
    ...kind,
    none,
    parse: (text) => (text.trim() === none ? null : kind.parse(text)),
    format: (value) => (value === null ? none : kind.format(value)),
    range: `${kind.range}, or ${none}`,
  };
}

/**
 * @param {readonly { value: any, text: string }[]} options
 * @returns {ChoiceKind}
 */
function choice(options) {
  return {
    options,
    parse: (text) => options.find(({ value }) => String(value) === text)?.value,
    format: String,
    range: `one of ${options.map(({ value }) => value).join(', ')}`,
  };
}

/** @type {readonly SettingParameter[]} */
export const SETTINGS = [
  {
    name: 'steps',
    key: 'steps',
    label: 'Steps',
    unit: 'steps',
    sentence: 'How long the digit is shown: more steps, more votes.',
    kind: number(1, 2000, true),
    log: true,
  },
  {
    name: 'maxRate',
    key: 'rate',
    label: 'Maximum input rate',
    unit: 'Hz',
    sentence: 'How often a pixel of full ink fires: at most once a step.',
    kind: number(1, 10_000),
    log: true,
  },
  {
    name: 'tauM',
    key: 'tau',
    label: 'Time constant τ_m',
    unit: 'ms',
    sentence: 'How long a membrane remembers. At infinity, it never leaks.',
    kind: orNone(number(0.1, 10_000), 'inf'),
    log: true,
  },
  {
    name: 'threshold',
    key: 'threshold',
    label: 'Threshold',
    unit: '',
    sentence: 'The potential at which a neuron fires: higher, fewer spikes.',
    kind: number(0.01, 100),
    log: true,
  },
  {
    name: 'refractory',
    key: 'refractory',
    label: 'Refractory period',
    unit: 'steps',
    sentence: 'How long a neuron is deaf to input after it has fired.',
    kind: number(0, 100, true),
  },
  {
    name: 'dt',
    key: 'dt',
    label: 'Time step',
    unit: 'ms',
    sentence: 'How much time passes in a step, for rates and leak.',
    kind: number(0.01, 100),
    log: true,
  },
  {
    name: 'reset',
    key: 'reset',
    label: 'Reset',
    unit: '',
    sentence: 'What firing takes off the membrane: one threshold, or all.',
    kind: choice([
      { value: 'subtract', text: 'subtract' },
      { value: 'zero', text: 'to zero' },
    ]),
  },
  {
    name: 'normalisation',
    key: 'norm',
    label: 'Normalisation',
    unit: '',
    sentence: 'How the trained weights are scaled against the threshold.',
    kind: choice([
      { value: 'model', text: 'the model’s' },
      { value: 'none', text: 'none' },
      { value: 'max', text: 'largest activation' },
      { value: 'percentile99', text: '99th percentile' },
      { value: 'percentile99.9', text: '99.9th percentile' },
    ]),
  },
  {
    name: 'encoding',
    key: 'encoding',
    label: 'Encoding',
    unit: '',
    sentence: 'Spikes by chance, evenly spaced, or one a pixel, dark first.',
    kind: choice([
      { value: 'poisson', text: 'Poisson' },
      { value: 'regular', text: 'regular' },
      { value: 'latency', text: 'latency' },
    ]),
  },
  {
    name: 'readout',
    key: 'readout',
    label: 'Readout',
    unit: '',
    sentence: 'What the answer is read from. For potentials, the outputs never fire.',
    kind: choice([
      { value: 'count', text: 'most spikes' },
      { value: 'membrane', text: 'highest potential' },
      { value: 'first', text: 'first spike' },
    ]),
  },
  {
    name: 'seed',
    key: 'seed',
    label: 'Seed',
    unit: '',
    sentence: 'Where the input’s chances begin: same seed, same spikes.',
    kind: number(0, Number.MAX_SAFE_INTEGER, true),
  },
];

/** How a drawing becomes a picture of 28 x 28. */
export const FRAMINGS = /** @type {const} */ ([
  { value: 'mnist', text: 'crop and centre' },
  { value: 'centred', text: 'centre only' },
  { value: 'drawn', text: 'leave as drawn' },
]);

/** @typedef {(typeof FRAMINGS)[number]['value']} Framing */

/**
 * What a link carries besides the settings.
 * @type {readonly { name: string, key: string, kind: Kind<any>, initial: any }[]}
 */
export const PAGE = [
  { name: 'penWidth', key: 'pen', kind: number(4, 40, true), initial: 20 },
  { name: 'framing', key: 'frame', kind: choice(FRAMINGS), initial: 'mnist' },
  { name: 'speed', key: 'speed', kind: choice(SPEEDS.map(([value, text]) => ({ value, text }))), initial: 1 },
  { name: 'loop', key: 'loop', kind: choice([{ value: true, text: 'loop' }]), initial: false },
  { name: 'view', key: 'view', kind: viewName(), initial: 'spikes' },
  { name: 'neuron', key: 'neuron', kind: neuron(), initial: null },
  { name: 'strokes', key: 'draw', kind: code(encodeStrokes, decodeStrokes), initial: [] },
  { name: 'picture', key: 'picture', kind: code(encodePicture, decodePicture), initial: null },
];

/**
 * @template T
 * @param {(value: T) => string} format
 * @param {(text: string) => T | undefined} parse
 * @returns {Kind<T>}
 */
function code(format, parse) {
  return { parse, format, range: 'what this page wrote into a link' };
}

/**
 * Whether there is such a view is known to those who show views.
 * @returns {Kind<string>}
 */
function viewName() {
  return {
    parse: (text) => (/^[a-z-]+$/.test(text) ? text : undefined),
    format: String,
    range: 'the name of a view',
  };
}

/**
 * A hidden neuron, `h77`, or an output, `o3`. Whether the network has it is known once it is loaded.
 * @returns {Kind<Neuron>}
 */
function neuron() {
  return {
    parse(text) {
      const [, layer, index] = /^([ho])(\d{1,6})$/.exec(text) ?? [];
      return layer ? { layer: layer === 'h' ? 1 : 2, index: Number(index) } : undefined;
    },
    format: ({ layer, index }) => `${layer === 1 ? 'h' : 'o'}${index}`,
    range: 'h and the number of a hidden neuron, or o and the number of an output',
  };
}

/**
 * What the user has chosen. A setting that is undefined has the network's default.
 * @typedef {object} State
 * @property {number} [steps]
 * @property {number} [dt]
 * @property {number} [maxRate]
 * @property {number | null} [tauM]
 * @property {number} [threshold]
 * @property {Reset} [reset]
 * @property {number} [refractory]
 * @property {Normalisation} [normalisation]
 * @property {Encoding} [encoding]
 * @property {Readout} [readout]
 * @property {number} [seed]
 * @property {number} penWidth canvas units
 * @property {Framing} framing
 * @property {number} speed
 * @property {boolean} loop
 * @property {string} view the name of the one that is chosen
 * @property {Neuron | null} neuron
 * @property {readonly Stroke[]} strokes
 * @property {Uint8Array | null} picture 28 x 28 pixels of ink that replace the strokes
 */

/** @type {State} */
export const INITIAL = /** @type {any} */ (Object.fromEntries(PAGE.map(({ name, initial }) => [name, initial])));
