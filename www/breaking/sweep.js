// How many digits both networks read as the damage grows: one kind of damage from nothing to all, the others as they are.

/** @import { Damage, Kind } from './damage-text.js' */

import { share } from './damage-text.js';

/**
 * @typedef {object} Scale
 * @property {string} name of the axis
 * @property {readonly (number | null)[]} values that are tried, from nothing on
 * @property {(value: number | null) => string} textOf a value
 */

/** @param {number} last @param {number} step */
const upTo = (last, step) =>
  Array.from({ length: Math.round(last / step) + 1 }, (_, i) => Number((i * step).toFixed(4)));

/** @type {Record<Kind, Scale>} */
export const SCALES = {
  silence: { name: 'Hidden neurons silenced', values: upTo(1, 0.1), textOf: (value) => share(Number(value)) },
  noise: { name: 'Noise on the weights', values: upTo(2, 0.2), textOf: (value) => share(Number(value)) },
  bits: {
    name: 'Bits of a weight',
    values: [null, 4, 3, 2, 1],
    textOf: (value) => (value === null ? 'as trained' : String(value)),
  },
  drop: { name: 'Spikes lost', values: upTo(1, 0.1), textOf: (value) => share(Number(value)) },
};

/**
 * The damages of a sweep over one kind.
 * @param {Damage} damage
 * @param {Kind} kind
 * @returns {Damage[]}
 */
export function damagesOf(damage, kind) {
  return SCALES[kind].values.map((value) => ({ ...damage, [kind]: value }));
}

/**
 * Where a value lies among those that are tried: 0 for the first, 1 for the second, fractions between them.
 * @param {Kind} kind
 * @param {number | null} value
 */
export function placeOf(kind, value) {
  const { values } = SCALES[kind];
  if (kind === 'bits') {
    // More bits than are tried are between all of them and none.
    const found = values.indexOf(value);
    return found >= 0 ? found : 0.5;
  }
  return Number(value) / Number(values[1]);
}
