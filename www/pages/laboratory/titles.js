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
