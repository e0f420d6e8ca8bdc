// The parts of a view. A page may already hold them, so that they are there at the first paint; the view makes the others.

/** @param {HTMLElement} root */
export function createParts(root) {
  /** @type {HTMLElement[]} */
  const made = [];

  return {
    /**
     * @template {HTMLElement} T
     * @param {string} selector
     * @param {() => T} make makes the part that is appended if there is none
     * @param {HTMLElement} [parent]
     * @returns {T}
     */
    find(selector, make, parent = root) {
      const found = /** @type {T | null} */ (root.querySelector(selector));
      if (found) return found;
      const part = make();
      made.push(part);
      parent.append(part);
      return part;
    },

    /** Removes the parts that were made. */
    destroy() {
      for (const part of made) part.remove();
    },
  };
}
