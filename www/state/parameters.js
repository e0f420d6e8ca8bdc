// Everything that a link carries, in one table, from which the form, the link and its checks are made. What the form says of
// the settings is in settings-texts.js.

/** @import { Neuron, Settings, Stroke } from '../simulator/types.js' */
/** @import { NamedNetwork } from './network-code.js' */
/** @import { ChoiceKind, Kind, NumberKind, OptionalKind } from './value-kinds.js' */

import { DAMAGE } from './damage-code.js';
import { MOST_LINKED, PEN_WIDTHS } from './ink-limits.js';
import { NETWORK } from './network-code.js';
import { NEURON } from './neuron-code.js';
import { SETTINGS as TABLE } from './settings-table.js';
import { SPEEDS } from './speeds.js';
import { decodePicture, decodeStrokes, encodePicture, encodeStrokes } from './stroke-codec.js';
import { choice, number, numberOrNone, wholeNumber } from './value-kinds.js';

/**
 * A setting of the simulator. Its default comes from the network, and is known once that is loaded.
 * @typedef {object} SettingParameter
 * @property {keyof Settings} name
 * @property {string} key its name in links
 * @property {NumberKind | OptionalKind | ChoiceKind} kind
 */

/**
 * What the form says of a setting.
 * @typedef {object} SettingTexts
 * @property {string} label text after a _ is a subscript
 * @property {string} unit empty if it has none
 * @property {string} help what it does, in a sentence
 * @property {Slider | null} slider
 */

/**
 * The ends of a slider. They may be narrower than the range of the setting.
 * @typedef {object} Slider
 * @property {number} min
 * @property {number} max
 * @property {boolean} log are equal distances equal ratios? Otherwise they are equal differences.
 */

/** @type {readonly SettingParameter[]} */
export const SETTINGS = TABLE.map((setting) => ({ ...setting, kind: kindOf(setting) }));

/** @param {(typeof TABLE)[number]} setting */
function kindOf({ range, mustBe }) {
  if (range.type === 'choice') return choice(range.options, mustBe);
  if (range.type === 'whole') return wholeNumber(range, mustBe);
  return range.optional ? numberOrNone(range, mustBe) : number(range, mustBe);
}

/** How a drawing becomes a picture of 28 x 28. */
export const FRAMINGS = /** @type {const} */ ([
  { value: 'mnist', text: 'crop and centre' },
  { value: 'centred', text: 'centre only' },
  { value: 'drawn', text: 'leave as drawn' },
]);

/** @typedef {(typeof FRAMINGS)[number]['value']} Framing */

const LINKED = ` and hold at most ${MOST_LINKED.points} points and ${MOST_LINKED.length} units of line`;

/**
 * The values that a link carries besides the settings.
 * @type {readonly { name: string, key: string, kind: Kind<any>, initial: any }[]}
 */
export const PAGE = [
  { name: 'penWidth', key: 'pen', kind: penWidth(), initial: PEN_WIDTHS.initial },
  { name: 'framing', key: 'frame', kind: choice(FRAMINGS), initial: 'mnist' },
  { name: 'speed', key: 'speed', kind: choice(SPEEDS.map(([value, text]) => ({ value, text }))), initial: 1 },
  { name: 'loop', key: 'loop', kind: choice([{ value: true, text: 'loop' }]), initial: false },
  { name: 'view', key: 'view', kind: viewName(), initial: 'spikes' },
  { name: 'neuron', key: 'neuron', kind: NEURON, initial: null },
  { name: 'network', key: 'network', kind: NETWORK, initial: null },
  { name: 'damage', key: 'break', kind: DAMAGE, initial: null },
  { name: 'strokes', key: 'draw', kind: code(encodeStrokes, decodeStrokes, LINKED), initial: [] },
  { name: 'picture', key: 'picture', kind: code(encodePicture, decodePicture), initial: null },
];

/**
 * @template T
 * @param {(value: T) => string} format
 * @param {(text: string) => T | undefined} parse
 * @param {string} [more] of its range
 * @returns {Kind<T>}
 */
function code(format, parse, more = '') {
  return { parse, format, range: `what this page wrote into a link${more}` };
}

/** @returns {Kind<number>} */
function penWidth() {
  const { min, max } = PEN_WIDTHS;
  return wholeNumber(PEN_WIDTHS, `a whole number from ${min} to ${max}`);
}

/**
 * The name of a view. This module does not know which views exist: whoever shows them must check the name.
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
 * The user's choices. A setting that is undefined has the network's default.
 * @typedef {Partial<Settings> & PageState} State
 */

/**
 * @typedef {object} PageState
 * @property {number} penWidth canvas units
 * @property {Framing} framing
 * @property {number} speed
 * @property {boolean} loop
 * @property {string} view the name of the chosen view
 * @property {Neuron | null} neuron
 * @property {NamedNetwork | null} network null for the page's own
 * @property {string | null} damage what is broken in the network, as a text; null for nothing
 * @property {readonly Stroke[]} strokes
 * @property {Uint8Array | null} picture 28 x 28 pixels of ink that replace the strokes
 */

/** @type {State} */
export const INITIAL = /** @type {any} */ (Object.fromEntries(PAGE.map(({ name, initial }) => [name, initial])));
