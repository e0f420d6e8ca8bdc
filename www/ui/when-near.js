// Work that waits until its element is about to be seen, or that only goes on while it is.

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

/**
 * Tells whether an element is near the visible part of the page, now and whenever that changes.
 * @param {Element} target
 * @param {number} margin how far outside the window is near, CSS pixels
 * @param {(isNear: boolean) => void} tell
 * @returns {() => void} ends it
 */
export function watchNear(target, margin, tell) {
  const observer = new IntersectionObserver((entries) => tell(entries[entries.length - 1].isIntersecting), {
    rootMargin: `${margin}px`,
  });
  observer.observe(target);
  return () => observer.disconnect();
}
