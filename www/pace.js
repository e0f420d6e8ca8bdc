// What is drawn beside the answer, and may come later than it: a slow machine draws it less often while the pen is busy,
// so that each point is answered in the frame that shows it.

/** What takes no longer is drawn in every frame, ms. */
const CHEAP = 3;

/** What takes longer takes this share of the time at most; painting it may take as much again. */
const SHARE = 1 / 8;

export function createPace() {
  let cost = 0;
  let last = Number.NEGATIVE_INFINITY;

  return {
    /** What is drawn next waits its full turn, if it has to wait. */
    hold() {
      last = performance.now();
    },

    /**
     * Draws, unless that has to wait.
     * @param {boolean} hurried is something answered in this frame?
     * @param {() => void} draw
     * @returns {boolean} was it drawn?
     */
    draw(hurried, draw) {
      const began = performance.now();
      if (hurried && cost > CHEAP && began - last < cost / SHARE) return false;
      draw();
      last = performance.now();
      cost = last - began;
      return true;
    },
  };
}
