// What is broken in a network: as a text, as numbers, and in words. src/damage/mod.rs says what each number means.

import { percent } from '../ui/number-format.js';

/**
 * @typedef {object} Damage
 * @property {number} silence share of the hidden neurons, 0 to 1
 * @property {number} noise standard deviation, in units of the root mean square of the weights of a layer
 * @property {number | null} bits of a weight; null as trained
 * @property {number} drop share of the spikes, 0 to 1
 * @property {number} seed chooses neurons and noise
 */

/** What can be broken, besides the seed. @typedef {'silence' | 'noise' | 'bits' | 'drop'} Kind */

/** @type {Readonly<Damage>} */
export const WHOLE = { silence: 0, noise: 0, bits: null, drop: 0, seed: 1 };

/** @param {string | null | undefined} text that `DAMAGE` of state/damage-code.js takes @returns {Damage} */
export function damageOf(text) {
  const parts = (text ?? '').split(',').filter(Boolean);
  return {
    ...WHOLE,
    ...Object.fromEntries(parts.map((part) => part.split(':')).map(([name, n]) => [name, Number(n)])),
  };
}

/** @param {Damage} damage @returns {string | null} null if nothing is broken */
export function textOf({ silence, noise, bits, drop, seed }) {
  const parts = [
    silence > 0 && `silence:${short(silence)}`,
    noise > 0 && `noise:${short(noise)}`,
    bits !== null && `bits:${bits}`,
    drop > 0 && `drop:${short(drop)}`,
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return [...parts, ...(seed === WHOLE.seed ? [] : [`seed:${seed}`])].join(',');
}

/** @param {Damage} damage */
export function wordsOf({ silence, noise, bits, drop }) {
  return [
    silence > 0 && `${share(silence)} of the hidden neurons are silenced`,
    noise > 0 && `the weights have ${share(noise)} noise`,
    bits !== null && `the weights have ${bits} bit${bits === 1 ? '' : 's'}`,
    drop > 0 && `${share(drop)} of the spikes are lost`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** @param {number} value */
export function share(value) {
  return percent(value, Number.isInteger(Math.round(value * 1e4) / 100) ? 0 : 1);
}

/** Without the digits that come from computing with binary fractions. @param {number} value */
function short(value) {
  return String(Number(value.toFixed(4)));
}
