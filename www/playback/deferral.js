// Defers the views that do not show the answer. While the pen is moving, a slow machine draws them less often, so that the
// frame that shows a point of a stroke also shows the answer to it.

/** Views that take at most this long are drawn in every frame, ms. */
const CHEAP = 3;

/** Slower views get at most this share of the time, because painting them may take as long again. */
const SHARE = 1 / 8;

export function createDeferral() {
  let awaited = false;
  let cost = 0;
  let last = Number.NEGATIVE_INFINITY;

  return {
    /**
     * The next frame has to show an answer.
     * @param {boolean} first is it the first of a stroke? Then the deferred views wait for a full interval from now
     */
    awaitAnswer(first) {
      awaited = true;
      if (first) last = performance.now();
    },

    /**
     * Draws the deferred views, unless this frame has to show an answer and there is no time for both.
     * @param {boolean} atOnce draw them in any case?
     * @param {() => void} draw
     * @returns {boolean} were they drawn?
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
