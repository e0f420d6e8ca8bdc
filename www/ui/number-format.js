// Numbers as people read them.

/**
 * With commas between thousands. By hand: to make the browser's own formatter takes a sixteenth of a second, just when the
 * first digit is awaited.
 * @param {number} value
 * @param {number} [decimals] at most
 */
export function count(value, decimals = 3) {
  const [whole, ...rest] = String(Math.round(10 ** decimals * value) / 10 ** decimals).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

/**
 * A probability as a percentage; never rounded up to certainty.
 * @param {number} p
 */
export function percent(p) {
  return p > 0.999 && p < 1 ? '> 99.9 %' : `${(p * 100).toFixed(1)} %`;
}
