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
/**
 * The most of a link that is read: characters of all of it, its keys, names of a list, and notes on what could not be read.
 * No link that this page writes has more.
 */
const MOST = { characters: 400_000, keys: 64, names: 100, notes: 4 };

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
  /** @type {Set<string>} */
  const notes = new Set();
  /** @type {string[]} */
  let hidden = [];
  let newer = false;
  for (const [key, text] of new URLSearchParams(withinLimits(hash, notes))) {
    const parameter = PARAMETERS.find((each) => each.key === key);
    if (key === VERSION_KEY) {
      const version = Number(text);
      if (Number.isInteger(version) && version > 0) newer = version > VERSION;
      else notes.add(`“${VERSION_KEY}” must be a whole number from 1.`);
    } else if (key === HIDE) {
      const names = [...new Set(text.split(',', MOST.names))].filter((name) => name !== '');
      hidden = names.filter((name) => parts.includes(name));
      const unknown = names.filter((name) => !parts.includes(name));
      if (unknown.length > 0) {
        notes.add(`There is no ${list(unknown)} to hide. What can be hidden: ${parts.join(', ')}.`);
      }
    } else if (parameter) {
      const value = parameter.kind.parse(text);
      if (value === undefined) notes.add(`“${key}” must be ${parameter.kind.range}.`);
      else found[parameter.name] = value;
    } else {
      notes.add(`This page does not know “${shortened(key)}”.`);
    }
  }
  if (found.picture && found.strokes) {
    delete found.strokes;
    notes.add('It holds both strokes and a picture; the picture is shown.');
  }
  const own = Object.fromEntries(SETTINGS.map(({ name }) => [name, undefined]));
  return { state: { ...INITIAL, ...own, ...found }, hidden, newer, notes: first([...notes], 'And more.') };
}

/**
 * The text of a link, or nothing where it is too long, without the keys beyond the limit.
 * @param {string} hash
 * @param {Set<string>} notes
 */
function withinLimits(hash, notes) {
  if (hash.length > MOST.characters) {
    notes.add('It is longer than any that this page writes.');
    return '';
  }
  const pairs = hash.replace(/^#/, '').split('&', MOST.keys + 1);
  if (pairs.length > MOST.keys) notes.add(`It has more than ${MOST.keys} parts; only the first are read.`);
  return pairs.slice(0, MOST.keys).join('&');
}

/** @param {readonly string[]} names */
function list(names) {
  return first(
    names.map((name) => `“${shortened(name)}”`),
    'other parts',
  ).join(' or ');
}

/**
 * @param {string[]} words
 * @param {string} more stands for those beyond the limit
 */
function first(words, more) {
  return words.length > MOST.notes ? [...words.slice(0, MOST.notes), more] : words;
}

/** @param {string} text */
function shortened(text) {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
