// How two dialects that are compared are called.

/** @import { Dialect } from './types.js' */

/**
 * The name of the framework; the setting if both dialects are of one framework and differ.
 * @param {Dialect} dialect
 * @param {Dialect} other
 */
export function titleOf({ framework, setting, name }, other) {
  return framework === other.framework && name !== other.name ? setting : framework;
}

/** The names of both. @param {readonly [Dialect, Dialect]} pair @returns {readonly [string, string]} */
export const titlesOf = ([a, b]) => [titleOf(a, b), titleOf(b, a)];
