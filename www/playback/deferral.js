// Defers the views that do not show the answer: while the pen is moving, a slow machine draws them less often, so that each
// point of a stroke is answered in the frame that shows it.

/** What takes at most this long is drawn in every frame, ms. */
const CHEAP = 3;

/** What takes longer gets at most this share of the time, because painting it may take as long again. */
const SHARE = 1 / 8;

export function createDeferral() {
  let awaited = false;
  let cost = 0;
  let last = Number.NEGATIVE_INFINITY;

  return {
    /**
     * The next frame has to show an answer.
     * @param {boolean} first is it the first of a stroke? Then whatever is deferred waits its full turn
     */
    awaitAnswer(first) {
      awaited = true;
      if (first) last = performance.now();
    },

    /**
     * Draws, unless this frame has to show an answer and drawing has to wait for it.
     * @param {boolean} atOnce draws in any case
     * @param {() => void} draw
     * @returns {boolean} was it drawn?
     */
    draw(atOnce, draw) {
      const began = performance.now();
      const waits = !atOnce && awaited && cost > CHEAP && began - last < cost / SHARE;
      awaited = false;
      if (waits) return false;
      draw();
      last = performance.now();
      cost = last - began;
      return true;
    },
  };
}
