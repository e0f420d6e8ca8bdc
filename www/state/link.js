// The state of the page as a link, and back.

/** @import { State } from './parameters.js' */

import { INITIAL, PAGE, SETTINGS } from './parameters.js';

const PARAMETERS = [...SETTINGS, ...PAGE];

/** The key of the list of parts that a link takes off the page. */
const HIDE = 'hide';

/**
 * Everything of a state that is not as it is at first, as the part of a URL after its #.
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
  return parts.join('&');
}

/**
 * @typedef {object} Link
 * @property {State} state
 * @property {string[]} hidden parts that the page is not to show
 * @property {string[]} notes what of the link was left out, and why: sentences for people
 */

/**
 * Reads a link; what of it cannot be read is left out.
 * @param {string} hash with or without its #
 * @param {readonly string[]} parts those that can be hidden
 * @returns {Link}
 */
export function readLink(hash, parts) {
  /** @type {Record<string, unknown>} */
  const found = {};
  /** @type {string[]} */
  const notes = [];
  /** @type {string[]} */
  let hidden = [];
  for (const [key, text] of new URLSearchParams(hash.replace(/^#/, ''))) {
    const parameter = PARAMETERS.find((each) => each.key === key);
    if (key === HIDE) {
      const names = text.split(',').filter((name) => name !== '');
      hidden = names.filter((name) => parts.includes(name));
      const unknown = names.filter((name) => !parts.includes(name));
      if (unknown.length > 0) {
        notes.push(`There is no ${list(unknown)} to hide; what can be hidden: ${parts.join(', ')}.`);
      }
    } else if (parameter) {
      const value = parameter.kind.parse(text);
      if (value === undefined) notes.push(`“${key}” must be ${parameter.kind.range}.`);
      else found[parameter.name] = value;
    } else {
      notes.push(`“${shortened(key)}” is nothing that this page knows.`);
    }
  }
  const own = Object.fromEntries(SETTINGS.map(({ name }) => [name, undefined]));
  return { state: { ...INITIAL, ...own, ...found }, hidden, notes };
}

/** @param {readonly string[]} names */
function list(names) {
  return names.map((name) => `“${shortened(name)}”`).join(' or ');
}

/** @param {string} text */
function shortened(text) {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}
