// Kinds of values: how they are written as text, read back and checked.

/**
 * A kind of value, as text and back.
 * @template T
 * @typedef {object} Kind
 * @property {(text: string) => T | undefined} parse undefined if the text is no such value
 * @property {(value: T) => string} format
 * @property {string} range what a value must be, for messages to the user
 */

/** @typedef {Kind<any> & { options: readonly Option[] }} ChoiceKind */
/** @typedef {{ readonly value: any, readonly text: string }} Option */

/**
 * The ends of a range of numbers. The range is unbounded if an end is missing.
 * @typedef {object} Ends
 * @property {number} [min] the lowest number
 * @property {number} [above] the exclusive lower end, in place of `min`
 * @property {number} [max] the highest number
 */

/** @typedef {Kind<number> & { whole: boolean }} NumberKind */
/** @typedef {Kind<number | null> & { whole: boolean, none: string }} OptionalKind */

/** The text for null, the value of an optional number that is infinite. */
const NONE = 'inf';

/**
 * @param {Ends} ends
 * @param {string} range
 * @returns {NumberKind}
 */
export function number(ends, range) {
  return { whole: false, parse: (text) => read(text, ends), format: write, range };
}

/**
 * @param {Ends} ends
 * @param {string} range
 * @returns {OptionalKind}
 */
export function numberOrNone(ends, range) {
  return {
    whole: false,
    none: NONE,
    parse: (text) => (text.trim() === NONE ? null : read(text, ends)),
    format: (value) => (value === null ? NONE : write(value)),
    range,
  };
}

/**
 * @param {Ends} ends
 * @param {string} range
 * @returns {NumberKind}
 */
export function wholeNumber(ends, range) {
  const parse = (/** @type {string} */ text) => {
    const value = read(text, ends);
    return Number.isInteger(value) ? value : undefined;
  };
  return { whole: true, parse, format: write, range };
}

/**
 * @param {readonly Option[]} options
 * @param {string} [range]
 * @returns {ChoiceKind}
 */
export function choice(options, range = `one of ${options.map(({ value }) => value).join(', ')}`) {
  return {
    options,
    parse: (text) => options.find(({ value }) => String(value) === text)?.value,
    format: String,
    range,
  };
}

/** In a link, a + stands for a space: 1e+21 is written as 1e21. @param {number} value */
function write(value) {
  return String(value).replace('+', '');
}

/**
 * @param {string} text
 * @param {Ends} ends
 * @returns {number | undefined}
 */
function read(text, { min = Number.NEGATIVE_INFINITY, above = Number.NEGATIVE_INFINITY, max = Number.MAX_VALUE }) {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return value >= min && value > above && value <= max ? value : undefined;
}
