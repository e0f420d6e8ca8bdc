// When a page begins to load what it does not show at once.

const PAINT = 'first-contentful-paint';

/**
 * Calls a function after the browser has shown the page for the first time, so that what it loads does not delay this; at once
 * in a page that nobody sees, and in a browser that does not tell.
 * @param {() => void} load
 */
export function afterFirstFrame(load) {
  if (document.hidden || !PerformanceObserver.supportedEntryTypes.includes('paint')) return load();
  const observer = new PerformanceObserver((paints) => {
    if (paints.getEntriesByName(PAINT).length === 0) return;
    observer.disconnect();
    load();
  });
  observer.observe({ type: 'paint', buffered: true });
}
