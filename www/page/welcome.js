// The first visit: where nobody uses the page for a moment, it shows what it does.

/** How long it waits, ms. */
const DELAY = 2500;

/** Events of somebody who uses the page. */
const SIGNS = ['pointerdown', 'keydown', 'wheel'];

/** @param {() => void} show */
export function welcome(show) {
  const leave = () => {
    clearTimeout(timer);
    for (const sign of SIGNS) removeEventListener(sign, leave, true);
  };
  const timer = setTimeout(() => {
    leave();
    if (document.visibilityState === 'visible') show();
  }, DELAY);
  for (const sign of SIGNS) addEventListener(sign, leave, { capture: true, passive: true });
}
