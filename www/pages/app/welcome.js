// On the first visit, the page shows what it does if the user does nothing for a moment.

/** How long the user must do nothing, ms. */
const DELAY = 2500;

/** Events that show that somebody uses the page. */
const SIGNS = ['pointerdown', 'keydown', 'wheel'];

/** @param {() => void} show */
export function welcome(show) {
  const cancel = () => {
    clearTimeout(timer);
    for (const sign of SIGNS) removeEventListener(sign, cancel, true);
  };
  const timer = setTimeout(() => {
    cancel();
    if (document.visibilityState === 'visible') show();
  }, DELAY);
  for (const sign of SIGNS) addEventListener(sign, cancel, { capture: true, passive: true });
}
