// Numbers as people read them.

const whole = new Intl.NumberFormat('en-GB');

/** @param {number} value */
export function count(value) {
  return whole.format(value);
}

/**
 * A probability as a percentage; never rounded up to certainty.
 * @param {number} p
 */
export function percent(p) {
  return p > 0.999 && p < 1 ? '> 99.9 %' : `${(p * 100).toFixed(1)} %`;
}
