// Numbers as people read them.

/**
 * A number with commas between thousands. `Intl.NumberFormat` would do the same, but making one takes 60 ms while the user
 * waits for the first answer.
 * @param {number} value
 * @param {number} [decimals] at most
 */
export function count(value, decimals = 3) {
  const [whole, ...rest] = String(Math.round(10 ** decimals * value) / 10 ** decimals).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

/**
 * A number with a fixed number of decimals, and a minus sign instead of a hyphen.
 * @param {number} value
 * @param {number} decimals
 */
export function fixed(value, decimals) {
  return value.toFixed(decimals).replace('-', '−');
}

/** The text in place of a number that has not been measured yet. */
export const NOT_MEASURED = '–';

/**
 * A probability as a percentage; never rounded up to certainty.
 * @param {number} p
 * @param {number} [decimals]
 */
export function percent(p, decimals = 1) {
  const most = 100 - 10 ** -decimals;
  return 100 * p > most && p < 1 ? `> ${most.toFixed(decimals)} %` : `${(p * 100).toFixed(decimals)} %`;
}

/**
 * @param {number} n a whole number
 * @returns {string} such as "1st"
 */
export function ordinal(n) {
  const teen = n % 100 > 10 && n % 100 < 14;
  return `${n}${(!teen && ['th', 'st', 'nd', 'rd'][n % 10]) || 'th'}`;
}
