// Whether the page has started: until it has, start.js watches it.

/** What start.js shows where the page does not start. */
export const TROUBLE = 'start-trouble';

/** Everything on the page can be used, or says itself why it cannot. */
export function markStarted() {
  document.documentElement.dataset.started = '';
  document.getElementById(TROUBLE)?.remove();
}

export const hasStarted = () => 'started' in document.documentElement.dataset;
