// Schedules at most one animation frame at a time. The first layout draws the first frame.

/**
 * @param {(now: number, resized: boolean) => void} draw draws a frame; `now` is its time, ms; `resized` is true if
 *   sizes or colours may have changed
 */
export function createFrames(draw) {
  /** Id of the scheduled frame; 0 for none; -1 while none may be scheduled, before the first layout and once destroyed. */
  let scheduled = -1;
  let stale = false;
  let held = false;
  /** @type {ResizeObserver | null} */
  let observer = null;

  /** @param {number} now */
  function run(now) {
    cancelAnimationFrame(scheduled);
    scheduled = 0;
    const resized = stale;
    stale = false;
    draw(now, resized);
  }

  return {
    /** Asks for a frame. @param {boolean} [resized] */
    ask(resized = false) {
      stale ||= resized;
      if (scheduled === 0 && !held) scheduled = requestAnimationFrame(run);
    },

    /** @param {boolean} on draw none until this is called again? */
    hold(on) {
      held = on;
      if (scheduled < 0) return;
      cancelAnimationFrame(scheduled);
      scheduled = on ? 0 : requestAnimationFrame(run);
    },

    /**
     * Draws whenever one of these elements changes its size, within the frame of that layout, so that no canvas is seen
     * empty or stretched.
     * @param {Iterable<Element>} elements
     */
    fit(elements) {
      observer ??= new ResizeObserver(() => {
        stale = true;
        run(Number(document.timeline.currentTime));
      });
      for (const element of elements) observer.observe(element);
    },

    destroy() {
      observer?.disconnect();
      cancelAnimationFrame(scheduled);
      scheduled = -1;
    },
  };
}
