// The changes of a report as the state of the page.

/** @import { Settings } from './types.js' */

import { SETTINGS } from '../state/parameters.js';

/**
 * @param {Settings} settings
 * @param {Settings} defaults of the network
 * @returns {Partial<Settings>} every setting; undefined where it is the network's default
 */
export function changesOf(settings, defaults) {
  const entries = SETTINGS.map(({ name }) => [name, settings[name] === defaults[name] ? undefined : settings[name]]);
  return Object.fromEntries(entries);
}
