// What a person has chosen: what a link carries, and what the browser keeps from one visit to the next.

/** @import { State } from './parameters.js' */

import { INITIAL } from './parameters.js';

/**
 * @typedef {object} Kept
 * @property {'auto' | 'light' | 'dark'} theme theme-early.js reads it before anything is painted
 * @property {boolean} shortcuts do single keys do things?
 * @property {boolean} welcomed has it been shown what the page does?
 */

/** @type {Kept} */
const FIRST = { theme: 'auto', shortcuts: true, welcomed: false };

const KEY = 'spikepad';

/** @typedef {State & Kept} Choices */
/** @typedef {ReturnType<typeof createState>} Store */

/** @param {(now: Readonly<Choices>, changed: ReadonlySet<string>) => void} onChange */
export function createState(onChange) {
  /** @type {Choices} */
  let now = { ...INITIAL, ...FIRST, ...readKept() };
  return {
    /** @returns {Readonly<Choices>} */
    get now() {
      return now;
    },

    /** @param {Partial<Choices>} part */
    set(part) {
      const before = now;
      now = { ...now, ...part };
      keep(now);
      const names = /** @type {(keyof Choices)[]} */ (Object.keys(part));
      const changed = new Set(names.filter((name) => now[name] !== before[name]));
      if (changed.size > 0) onChange(now, changed);
    },
  };
}

/** @returns {Partial<Kept>} */
function readKept() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      ...(['light', 'dark'].includes(kept.theme) && { theme: kept.theme }),
      ...(typeof kept.shortcuts === 'boolean' && { shortcuts: kept.shortcuts }),
      ...(kept.welcomed === true && { welcomed: true }),
    };
  } catch {
    // Storage is forbidden here, or holds nonsense: the page starts as if new.
    return {};
  }
}

/** @param {Kept} kept */
function keep({ theme, shortcuts, welcomed }) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ theme, shortcuts, welcomed }));
  } catch {
    // Storage is forbidden or full: the choice holds for this visit.
  }
}
