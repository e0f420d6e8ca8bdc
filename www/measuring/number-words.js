// Measured numbers in words.

import { count, percent } from '../ui/number-format.js';
import { accuracyInterval } from './results.js';

/**
 * The 95 % confidence interval of an accuracy.
 * @param {Pick<import('./results.js').Counted, 'right' | 'images'>} result
 */
export function intervalText(result) {
  const [low, high] = accuracyInterval(result);
  return `between ${percent(low, 2)} and ${percent(high, 2)} with 95 % confidence`;
}

/** @param {number} images */
export function imagesText(images) {
  return `${count(images)} test digits`;
}
