// Draws strokes onto the pad point by point, as a pen would.

/** @import { Stroke } from '../simulator/types.js' */
/** @import { Drawing } from './drawing.js' */

/** Duration of the animation, ms. */
const DURATION = 650;

/** @param {Drawing} drawing */
export function createPenDemo(drawing) {
  let frame = 0;

  return {
    /**
     * Draws strokes that replace the drawing. Any other change of the drawing ends this: see `Sketch`.
     * @param {readonly Stroke[]} strokes
     * @param {object} [how]
     * @param {boolean} [how.atOnce] without motion?
     * @param {boolean} [how.temporary] do they disappear at the next change?
     */
    draw(strokes, { atOnce = false, temporary = false } = {}) {
      cancelAnimationFrame(frame);
      const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
      drawing.beginSketch(strokes, temporary);
      if (atOnce) {
        drawing.showSketch(points);
        return;
      }
      const began = performance.now();
      const step = (/** @type {number} */ now) => {
        if (!drawing.sketching) return;
        const share = Math.min(Math.max((now - began) / DURATION, 0), 1);
        drawing.showSketch(Math.max(1, Math.round(share * points)));
        if (share < 1) frame = requestAnimationFrame(step);
      };
      frame = requestAnimationFrame(step);
    },

    destroy() {
      cancelAnimationFrame(frame);
    },
  };
}
