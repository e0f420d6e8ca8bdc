// What a view says where there is no recording.

/** @import { Page } from './types.js' */

/**
 * @param {Page} page
 * @param {string} invitation what it says where nothing is drawn
 */
export function wordsWithout({ missing }, invitation) {
  if (missing === 'waiting') return 'The network is not loaded yet';
  return missing === 'refused' ? 'These settings cannot be simulated' : invitation;
}
