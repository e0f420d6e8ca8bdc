// Preferences that the browser keeps from one visit to the next, for all pages.

/**
 * @typedef {object} Preferences
 * @property {'auto' | 'light' | 'dark'} theme theme-early.js reads it before the first paint
 * @property {boolean} shortcuts may single keys act?
 * @property {boolean} welcomed has the page shown what it does?
 */

/** @type {Preferences} */
const FIRST_VISIT = { theme: 'auto', shortcuts: true, welcomed: false };

const KEY = 'spikepad';

export function createPreferences() {
  let now = { ...FIRST_VISIT, ...read() };
  return {
    /** @returns {Readonly<Preferences>} */
    get now() {
      return now;
    },

    /** @param {Partial<Preferences>} part */
    set(part) {
      now = { ...now, ...part };
      try {
        localStorage.setItem(KEY, JSON.stringify(now));
      } catch {
        // Storage is forbidden or full: the choice lasts for this visit only.
      }
    },
  };
}

/** @returns {Partial<Preferences>} */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      ...(['light', 'dark'].includes(kept.theme) && { theme: kept.theme }),
      ...(typeof kept.shortcuts === 'boolean' && { shortcuts: kept.shortcuts }),
      ...(kept.welcomed === true && { welcomed: true }),
    };
  } catch {
    // Storage is forbidden, or holds something else: this counts as a first visit.
    return {};
  }
}
