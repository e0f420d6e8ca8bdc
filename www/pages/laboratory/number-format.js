// Numbers as the laboratory writes them.

/** @import { Result } from './types.js' */

import { accuracyInterval } from '../../measuring/results.js';
import { count, NOT_MEASURED, percent } from '../../ui/number-format.js';
import { ratesOf } from './rates.js';

/**
 * A number with three significant digits; all digits before the decimal point are kept.
 * @param {number} value
 */
export function threeDigits(value) {
  if (value === 0) return '0';
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return count(value, Math.min(decimals, 4)).replace('-', '−');
}

/**
 * A large number in thousands or millions.
 * @param {number} value
 */
export function short(value) {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(value < 1e4 ? 1 : 0)} k` : value.toFixed(0);
}

/** @param {Result | null} result */
export function accuracyOf(result) {
  return result ? percent(ratesOf(result).accuracy) : NOT_MEASURED;
}

/**
 * The accuracy with its interval, in words.
 * @param {Result} result
 */
export function accuracyInWords(result) {
  const [low, high] = accuracyInterval(result);
  return `${accuracyOf(result)}, between ${percent(low)} and ${percent(high)} with 95 % confidence, ${count(result.images)} images`;
}
