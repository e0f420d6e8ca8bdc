// How a link names the network that it is of.

/** @import { Kind } from './value-kinds.js' */

/**
 * A network that is not the page's own.
 * @typedef {object} NamedNetwork
 * @property {string} digest the first 16 hexadecimal digits of the SHA-256 of its file; or `QUESTION`
 * @property {string} scaling the scaling of the input that the user chose; empty for the one that reads best
 * @property {string} activation the activation of hidden layers that the user chose; empty for the file's, or the usual one
 * @property {string} file the name of its file, for messages; empty for `QUESTION`
 */

/** In place of a digest: the network of the question behind this project, which the page brings. */
export const QUESTION = 'question';

/** Hexadecimal digits of a digest. Two files of one user never share so many by chance. */
export const DIGITS = 16;

/** The longest name of a file, characters. */
const LONGEST = 100;

/** The digest; the names of a scaling and of an activation, which have no : and no ~; the name of the file. */
const OPENED = /^([0-9a-f]{16})(?::([^:~\p{C}]{0,60})(?::([^:~\p{C}]{1,60}))?)?~(.+)$/u;

/**
 * `question`, or the digest, a scaling and an activation if they were chosen, and the name:
 * `0123456789abcdef:0..255~model.h5`, `0123456789abcdef::tanh~model.h5`.
 * @type {Kind<NamedNetwork>}
 */
export const NETWORK = {
  parse(text) {
    if (text === QUESTION) return { digest: QUESTION, scaling: '', activation: '', file: '' };
    const [, digest, scaling = '', activation = '', file = ''] = OPENED.exec(text) ?? [];
    return digest && file === shortName(file) ? { digest, scaling, activation, file } : undefined;
  },
  format({ digest, scaling, activation, file }) {
    if (digest === QUESTION) return QUESTION;
    const choices = activation ? [scaling, activation] : scaling ? [scaling] : [];
    return `${[digest, ...choices.map(encodeURIComponent)].join(':')}~${encodeURIComponent(file)}`;
  },
  range: `“${QUESTION}”, or ${DIGITS} digits of a file’s SHA-256 and its name`,
};

/**
 * The name of a file as a link carries it: without characters that cannot be seen, and not too long.
 * @param {string} name
 */
export function shortName(name) {
  return [...name.replaceAll(/\p{C}/gu, '')].slice(0, LONGEST).join('') || 'file';
}
