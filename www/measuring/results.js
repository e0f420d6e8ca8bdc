// Results of measurements over labelled images, and what is computed from them.

/**
 * What a result must have: counts over images, and how long they took. Other properties are counts, too, or lists of counts.
 * @typedef {object} Counted
 * @property {number} images
 * @property {number} right images that were read correctly
 * @property {number} busy milliseconds that one core needed
 */

/**
 * Adds the counts of two results, those in lists element by element.
 * @template {object} R
 * @param {R} a
 * @param {R} b measured on other images
 * @returns {R}
 */
export function addResults(a, b) {
  const sums = Object.entries(a).map(([name, value]) => {
    const other = /** @type {any} */ (b)[name];
    return [name, Array.isArray(value) ? value.map((count, i) => count + other[i]) : value + other];
  });
  return Object.fromEntries(sums);
}

/**
 * The 95 % confidence interval of the accuracy: the score interval of E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", Journal of the American Statistical Association 22 (1927), 209-212.
 * @param {Pick<Counted, 'right' | 'images'>} result
 * @returns {[low: number, high: number]}
 */
export function accuracyInterval({ right, images }) {
  const z = 1.96;
  const p = right / images;
  const centre = p + (z * z) / (2 * images);
  const half = z * Math.sqrt((p * (1 - p) + (z * z) / (4 * images)) / images);
  const scale = 1 + (z * z) / images;
  return [Math.max(0, (centre - half) / scale), Math.min(1, (centre + half) / scale)];
}
