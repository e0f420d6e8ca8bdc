// When a page begins to load what it does not show at once.

const PAINT = 'first-contentful-paint';

/** The longest that a page waits to be told that it is shown, ms. Firefox does not tell for every page. */
const LATEST = 300;

/**
 * Calls a function after the browser has shown the page for the first time, so that what it loads does not delay this; at once
 * in a page that nobody sees, and soon in a browser that does not tell.
 * @param {() => void} load
 */
export function afterFirstFrame(load) {
  if (document.hidden) return load();
  const begin = () => {
    clearTimeout(timer);
    observer.disconnect();
    load();
  };
  const timer = setTimeout(begin, LATEST);
  const observer = new PerformanceObserver((paints) => {
    if (paints.getEntriesByName(PAINT).length > 0) begin();
  });
  // An observer of a type that the browser does not know is never called.
  observer.observe({ type: 'paint', buffered: true });
}
