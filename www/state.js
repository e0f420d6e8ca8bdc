// What a person has chosen: one table. Some of it the browser keeps.

/**
 * @typedef {object} State
 * @property {number} penWidth canvas units
 * @property {number} seed of the input's spikes
 * @property {'auto' | 'light' | 'dark'} theme
 * @property {boolean} shortcuts do single keys do things?
 */

/** @type {State} */
const INITIAL = { penWidth: 20, seed: 1, theme: 'auto', shortcuts: true };

/** What the browser keeps from one visit to the next; theme-early.js reads the theme before anything is painted. */
const KEPT = /** @type {const} */ (['theme', 'shortcuts']);

const KEY = 'spikepad';

/** @typedef {ReturnType<typeof createState>} Store */

/** @param {(state: Readonly<State>, changed: ReadonlySet<string>) => void} onChange */
export function createState(onChange) {
  let state = { ...INITIAL, ...readKept() };
  return {
    /** @returns {Readonly<State>} */
    get now() {
      return state;
    },

    /** @param {Partial<State>} part */
    set(part) {
      state = { ...state, ...part };
      keep(state);
      onChange(state, new Set(Object.keys(part)));
    },
  };
}

/** @returns {Partial<State>} */
function readKept() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return {
      ...(['light', 'dark'].includes(kept.theme) && { theme: kept.theme }),
      ...(typeof kept.shortcuts === 'boolean' && { shortcuts: kept.shortcuts }),
    };
  } catch {
    // Storage is forbidden here, or holds nonsense: the page starts as if new.
    return {};
  }
}

/** @param {State} state */
function keep(state) {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(KEPT.map((name) => [name, state[name]]))));
  } catch {
    // Storage is forbidden or full: the choice holds for this visit.
  }
}
