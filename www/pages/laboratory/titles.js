// How two dialects that are compared are called.

/** @import { Dialect } from './types.js' */

/**
 * The name of the framework; if both dialects are of one framework, the setting.
 * @param {Dialect} dialect
 * @param {Dialect} other
 */
export function titleOf({ framework, setting }, other) {
  return framework === other.framework ? setting : framework;
}
