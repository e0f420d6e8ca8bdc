// How the page and its links name an opened network, and the choices of the user.

/** @import { NamedNetwork } from '../state/network-code.js' */
/** @import { Choices, NetworkEntry } from './types.js' */

import { DIGITS } from '../state/network-code.js';

/** The first digits of a SHA-256, as links have them. @param {Pick<NetworkEntry, 'digest'>} network */
export function shortDigest({ digest }) {
  return digest.slice(0, DIGITS);
}

/** @param {Pick<NetworkEntry, 'digest' | 'name' | 'choices'>} network @returns {NamedNetwork} */
export function namedAs({ digest, name, choices }) {
  return { digest: shortDigest({ digest }), choices: choicesText(choices), file: name };
}

/** @param {string} text @returns {number[]} */
const list = (text) => text.split(',').map(Number);

/** How each choice but the scaling is read from its text. @type {{ [K in keyof Choices]?: (text: string) => Choices[K] }} */
const READERS = {
  activation: (text) => text,
  biasScale: Number,
  transposedLayers: list,
  activationPieces: Number,
  calibrate: (text) => text === 'true',
};

/**
 * The choices as a link has them: the scaling, then the others with their names, such as `0..255:activation=tanh`.
 * @param {Choices} choices
 */
export function choicesText(choices) {
  const { scaling, ...others } = choices;
  const values = /** @type {Record<string, unknown>} */ (others);
  const named = Object.keys(READERS).flatMap((name) => (values[name] === undefined ? [] : [`${name}=${values[name]}`]));
  return [...(scaling ? [scaling] : []), ...named].join(':');
}

/**
 * @param {string} text
 * @returns {Choices}
 * @throws {Error} a choice that is not known here
 */
export function choicesOf(text) {
  /** @type {Record<string, unknown>} */
  const choices = {};
  for (const part of text.split(':').filter(Boolean)) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(part) ?? [null, 'scaling', part];
    const read = /** @type {Record<string, (text: string) => unknown>} */ (READERS)[name];
    if (name !== 'scaling' && !read) throw new Error(`“${part}” is not known here`);
    choices[name] = name === 'scaling' ? value : read(value);
  }
  return choices;
}
