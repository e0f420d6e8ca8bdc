// How the page and its links name an opened network, and the choices of the user.

/** @import { NamedNetwork } from '../state/network-code.js' */
/** @import { Choices, NetworkEntry } from './types.js' */

import { DIGITS } from '../state/network-code.js';

/** The first digits of a SHA-256, as links have them. @param {Pick<NetworkEntry, 'digest'>} network */
export function shortDigest({ digest }) {
  return digest.slice(0, DIGITS);
}

/** @param {Pick<NetworkEntry, 'digest' | 'name' | 'choices'>} network @returns {NamedNetwork} */
export function namedAs({ digest, name, choices: { scaling = '', activation = '' } }) {
  return { digest: shortDigest({ digest }), scaling, activation, file: name };
}

/** @param {NamedNetwork} named @returns {Choices} */
export function choicesOf({ scaling, activation }) {
  return { ...(scaling && { scaling }), ...(activation && { activation }) };
}
