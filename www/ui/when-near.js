// Defers work until its element is about to be seen.

/** How far outside the window an element may be, CSS pixels. */
const MARGIN = 100;

/**
 * Calls a function once, when the element comes near the visible part of the page.
 * @param {Element} target
 * @param {() => void} act
 * @returns {() => void} cancels it
 */
export function whenNear(target, act) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      act();
    },
    { rootMargin: `${MARGIN}px` },
  );
  observer.observe(target);
  return () => observer.disconnect();
}
