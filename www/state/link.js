// Writes the state of the page as a link, and reads it back.

/** @import { State } from './parameters.js' */

import { INITIAL, PAGE, SETTINGS } from './parameters.js';

const PARAMETERS = [...SETTINGS, ...PAGE];

/** The key of the list of parts that the page does not show. */
const HIDE = 'hide';

/** The key of the version, and the version that this page writes. A link without one is of version 1. */
const VERSION_KEY = 'v';
const VERSION = 1;

/**
 * Writes what differs from the initial state as the part of a URL after its #; empty if nothing does.
 * @param {State} state
 * @param {readonly string[]} hidden parts that the page does not show
 */
export function writeLink(state, hidden) {
  const parts = [];
  for (const { name, key, kind } of PARAMETERS) {
    const value = state[/** @type {keyof State} */ (name)];
    const first = INITIAL[/** @type {keyof State} */ (name)];
    const same = value === first || (Array.isArray(value) && value.length === 0);
    if (value !== undefined && !same) parts.push(`${key}=${kind.format(/** @type {never} */ (value))}`);
  }
  if (hidden.length > 0) parts.push(`${HIDE}=${hidden.join(',')}`);
  return parts.length > 0 ? [`${VERSION_KEY}=${VERSION}`, ...parts].join('&') : '';
}

/**
 * @typedef {object} Link
 * @property {State} state
 * @property {string[]} hidden parts that the page does not show
 * @property {boolean} newer has a later version of the page written it?
 * @property {string[]} notes sentences for the user about the parts that could not be read
 */

/**
 * Reads a link, without the parts of it that cannot be read.
 * @param {string} hash with or without its #
 * @param {readonly string[]} parts the parts of the page that can be hidden
 * @returns {Link}
 */
export function readLink(hash, parts) {
  /** @type {Record<string, unknown>} */
  const found = {};
  /** @type {string[]} */
  const notes = [];
  /** @type {string[]} */
  let hidden = [];
  let newer = false;
  for (const [key, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    const parameter = PARAMETERS.find((each) => each.key === key);
    if (key === VERSION_KEY) {
      const version = Number(text);
      if (Number.isInteger(version) && version > 0) newer = version > VERSION;
      else notes.push(`“${VERSION_KEY}” must be a whole number from 1.`);
    } else if (key === HIDE) {
      const names = text.split(',').filter((name) => name !== '');
      hidden = names.filter((name) => parts.includes(name));
      const unknown = names.filter((name) => !parts.includes(name));
      if (unknown.length > 0) {
        notes.push(`There is no ${list(unknown)} to hide. What can be hidden: ${parts.join(', ')}.`);
      }
    } else if (parameter) {
      const value = parameter.kind.parse(text);
      if (value === undefined) notes.push(`“${key}” must be ${parameter.kind.range}.`);
      else found[parameter.name] = value;
    } else {
      notes.push(`This page does not know “${shortened(key)}”.`);
    }
  }
  const own = Object.fromEntries(SETTINGS.map(({ name }) => [name, undefined]));
  return { state: { ...INITIAL, ...own, ...found }, hidden, newer, notes };
}

/** @param {readonly string[]} names */
function list(names) {
  return names.map((name) => `“${shortened(name)}”`).join(' or ');
}

/** @param {string} text */
function shortened(text) {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
