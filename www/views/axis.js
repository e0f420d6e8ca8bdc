// Round distances between the labels of an axis.

/**
 * The smallest of 1, 2, 5, 10, 20, 50, .. that is not below `least`.
 * @param {number} least
 */
export function roundStep(least) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= least) ?? 10 * power;
}
