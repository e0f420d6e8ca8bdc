// A first visit: where nobody touches the page for a moment, it shows what it does.

/** How long it waits for a hand, ms. */
const PATIENCE = 2500;

/** What tells that somebody is at work. */
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
  }, PATIENCE);
  for (const sign of SIGNS) addEventListener(sign, leave, { capture: true, passive: true });
}
