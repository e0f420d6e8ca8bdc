// How a link names the network that it is of.

/** @import { Kind } from './value-kinds.js' */

/**
 * A network that is not the page's own.
 * @typedef {object} NamedNetwork
 * @property {string} digest the first 16 hexadecimal digits of the SHA-256 of its file; or `QUESTION`
 * @property {string} choices what the user chose in place of what the importer assumes: see networks/named.js; empty if nothing
 * @property {string} file the name of its file, for messages; empty for `QUESTION`
 */

/** In place of a digest: the network of the question behind this project, which the page brings. */
export const QUESTION = 'question';

/** Hexadecimal digits of a digest. Two files of one user never share so many by chance. */
export const DIGITS = 16;

/** The longest name of a file, characters. */
const LONGEST = 100;

/** Did the user choose the scaling of the input, which comes first? @param {NamedNetwork} named */
export const choosesScaling = ({ choices }) => /^[^=:]+(:|$)/.test(choices);

/** The longest text of choices, characters. */
const LONGEST_CHOICES = 200;

/** The digest; the choices, which have no ~; the name of the file. */
const OPENED = new RegExp(`^([0-9a-f]{16})(?::([^~\\p{C}]{1,${LONGEST_CHOICES}}))?~(.+)$`, 'u');

/**
 * `question`, or the digest, the choices if there are any, and the name: `0123456789abcdef:0..255:activation=tanh~model.h5`.
 * @type {Kind<NamedNetwork>}
 */
export const NETWORK = {
  parse(text) {
    if (text === QUESTION) return { digest: QUESTION, choices: '', file: '' };
    const [, digest, choices = '', file = ''] = OPENED.exec(text) ?? [];
    return digest && file === shortName(file) ? { digest, choices, file } : undefined;
  },
  format({ digest, choices, file }) {
    if (digest === QUESTION) return QUESTION;
    // A colon and an equals sign can be read as they are.
    const text = encodeURIComponent(choices).replaceAll('%3A', ':').replaceAll('%3D', '=');
    return `${digest}${text && `:${text}`}~${encodeURIComponent(file)}`;
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
