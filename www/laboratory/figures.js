// Numbers as the laboratory writes them; a dash stands for what has not been measured.

/** @import { Tally } from './types.js' */

import { count } from '../ui/number-format.js';
import { interval, ratesOf } from './tally.js';

export const DASH = '–';

/**
 * A share, in per cent.
 * @param {number} value
 */
export function share(value) {
  return `${(value * 100).toFixed(1)} %`;
}

/**
 * Three significant figures, or whole where there are more.
 * @param {number} value
 */
export function amount(value) {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return count(value, Math.min(digits, 4));
}

/**
 * A large number in thousands or millions.
 * @param {number} value
 */
export function large(value) {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(value < 1e4 ? 1 : 0)} k` : value.toFixed(0);
}

/** @param {Tally | null} tally */
export function accuracyOf(tally) {
  return tally ? share(ratesOf(tally).accuracy) : DASH;
}

/**
 * The accuracy with its interval, spelled out.
 * @param {Tally} tally
 */
export function accuracyInWords(tally) {
  const [low, high] = interval(tally);
  return `${share(ratesOf(tally).accuracy)}, between ${share(low)} and ${share(high)} with 95 % confidence`;
}
