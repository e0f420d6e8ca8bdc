// Puts numbers into texts: `{name}` stands for the fact of that name.

/** @import { Facts } from './types.js' */

const PLACE = /\{(\w+)\}/g;

/**
 * A plain text with its numbers.
 * @param {string} text
 * @param {Facts} facts
 * @throws {Error} names the fact that is missing
 */
export function sentence(text, facts) {
  return text.replace(PLACE, (_, name) => factOf(name, facts));
}

/**
 * Markup in which each number is an element of its own, so that the page can change it.
 * @param {string} markup
 * @param {Facts} facts
 * @throws {Error} names the fact that is missing
 */
export function filled(markup, facts) {
  return markup.replace(PLACE, (_, name) => `<span data-fact="${name}">${factOf(name, facts)}</span>`);
}

/** @param {string} name @param {Facts} facts */
function factOf(name, facts) {
  const fact = facts[name];
  if (fact === undefined) throw new Error(`No figure gives the number “${name}” of the text.`);
  return fact;
}
