// When something is drawn: one frame is under way at a time, and the first comes with the first layout.

/**
 * @param {(now: number, afresh: boolean) => void} draw at a time, ms; afresh where sizes or colours may be others
 */
export function createFrames(draw) {
  /** The frame that was asked for, or 0. The first is not asked for. */
  let coming = -1;
  let stale = false;

  /** @param {number} now */
  function run(now) {
    cancelAnimationFrame(coming);
    coming = 0;
    const afresh = stale;
    stale = false;
    draw(now, afresh);
  }

  return {
    /** Asks for a frame. @param {boolean} [afresh] */
    ask(afresh = false) {
      stale ||= afresh;
      if (coming === 0) coming = requestAnimationFrame(run);
    },

    /**
     * Draws whenever an element has another size, in the frame of that layout: no canvas is seen empty or stretched.
     * @param {Iterable<Element>} elements
     */
    fit(elements) {
      const sizes = new ResizeObserver(() => {
        stale = true;
        run(Number(document.timeline.currentTime));
      });
      for (const element of elements) sizes.observe(element);
    },
  };
}
