// How long something takes, as people say it.

/**
 * @param {number} seconds an estimate
 * @returns {string} such as "12 s" or "3 min"
 */
export function durationText(seconds) {
  if (seconds < 1) return '1 s';
  if (seconds < 10) return `${Math.ceil(seconds)} s`;
  if (seconds < 100) return `${Math.ceil(seconds / 5) * 5} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
