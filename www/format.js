// Numbers as people read them.

/**
 * With commas between thousands, and no more than three decimals. By hand: to make the browser's own formatter takes a
 * sixteenth of a second, just when the first digit is awaited.
 * @param {number} value
 */
export function count(value) {
  const [whole, ...decimals] = String(Math.round(1000 * value) / 1000).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...decimals].join('.');
}

/**
 * A probability as a percentage; never rounded up to certainty.
 * @param {number} p
 */
export function percent(p) {
  return p > 0.999 && p < 1 ? '> 99.9 %' : `${(p * 100).toFixed(1)} %`;
}
