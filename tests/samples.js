// The page's samples as strokes that a test draws on the pad.

import { readFileSync } from 'node:fs';

/** @typedef {[number, number][][]} Strokes canvas units: 280 x 280, y down */

/** Only every third point of each stroke: a fast pointer reports no more. */
export const SAMPLES = /** @type {{ id: string, label: number, strokes: Strokes }[]} */ (
  JSON.parse(readFileSync(new URL('../www/assets/samples.json', import.meta.url), 'utf8'))
).map((sample) => ({
  ...sample,
  strokes: sample.strokes.map((stroke) => stroke.filter((_, i) => i % 3 === 0 || i === stroke.length - 1)),
}));

/**
 * @param {number} digit
 * @returns {Strokes}
 */
export function strokesOf(digit) {
  const sample = SAMPLES.find(({ label }) => label === digit);
  if (!sample) throw new Error(`There is no sample of a ${digit}.`);
  return sample.strokes;
}
