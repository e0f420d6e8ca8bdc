// Seeded random numbers, so that a test that fails does so in every run.

/** @typedef {ReturnType<typeof createRandom>} Random */

/**
 * Mulberry32 (Tommy Ettinger, 2017).
 * @param {number} seed
 */
export function createRandom(seed) {
  let state = seed;

  /** @returns {number} in [0, 1) */
  function next() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** An integer in [least, most]. @param {number} least @param {number} most */
  function whole(least, most) {
    return least + Math.floor(next() * (most - least + 1));
  }

  return {
    next,
    whole,

    /** A number in [least, most). @param {number} least @param {number} most */
    between: (least, most) => least + next() * (most - least),

    /** @param {number} probability */
    chance: (probability) => next() < probability,

    /**
     * @template T
     * @param {readonly T[]} values
     * @returns {T}
     */
    pick: (values) => values[whole(0, values.length - 1)],

    /**
     * @template T
     * @param {number} length
     * @param {(index: number) => T} make
     * @returns {T[]}
     */
    list: (length, make) => Array.from({ length }, (_, index) => make(index)),
  };
}
