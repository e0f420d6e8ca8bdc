// The user's choices that a link carries. Each instrument has its own.

/** @import { State } from './parameters.js' */

import { INITIAL } from './parameters.js';

/** @typedef {ReturnType<typeof createState>} Store */

/** @param {(now: Readonly<State>, changed: ReadonlySet<string>) => void} onChange */
export function createState(onChange) {
  let now = INITIAL;
  return {
    /** @returns {Readonly<State>} */
    get now() {
      return now;
    },

    /** @param {Partial<State>} part */
    set(part) {
      const before = now;
      now = { ...now, ...part };
      const names = /** @type {(keyof State)[]} */ (Object.keys(part));
      const changed = new Set(names.filter((name) => now[name] !== before[name]));
      if (changed.size > 0) onChange(now, changed);
    },
  };
}
