// Random strokes.

/** @import { Point, Stroke } from '../../../www/simulator/types.js' */
/** @import { Random } from './random.js' */

/**
 * @param {Random} random
 * @param {object} [options]
 * @param {number} [options.reach] largest coordinate, canvas units
 * @param {boolean} [options.pressed] does the width of the pen vary?
 * @param {number} [options.most] most points
 * @returns {Stroke} at least one point; not on the grid of the stroke codec
 */
export function randomStroke(random, { reach = 280, pressed = false, most = 30 } = {}) {
  return random.list(random.whole(1, most), () => {
    /** @type {Point} */
    const place = [random.between(0, reach), random.between(0, reach)];
    return pressed ? /** @type {const} */ ([...place, random.whole(1, 64)]) : place;
  });
}
