// What is drawn beside the answer, and may come later than it: a slow machine draws it less often while the pen is busy,
// so that each point is answered in the frame that shows it.

/** What takes no longer is drawn in every frame, ms. */
const CHEAP = 3;

/** What takes longer takes this share of the time at most; painting it may take as much again. */
const SHARE = 1 / 8;

export function createPace() {
  let hurried = false;
  let cost = 0;
  let last = Number.NEGATIVE_INFINITY;

  return {
    /**
     * Something is to be answered in the next frame.
     * @param {boolean} first before anything else is drawn: that then waits its full turn, if it has to wait
     */
    hurry(first) {
      hurried = true;
      if (first) last = performance.now();
    },

    /**
     * Draws, unless that has to wait for an answer in this frame.
     * @param {boolean} atOnce whatever it takes
     * @param {() => void} draw
     * @returns {boolean} was it drawn?
     */
    draw(atOnce, draw) {
      const began = performance.now();
      const waits = !atOnce && hurried && cost > CHEAP && began - last < cost / SHARE;
      hurried = false;
      if (waits) return false;
      draw();
      last = performance.now();
      cost = last - began;
      return true;
    },
  };
}
