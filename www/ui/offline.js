// Lets the page be opened without a network, and installed.

/** Asks the browser to keep the page; nothing of it depends on whether it does. */
export function keepOffline() {
  // Only secure origins have service workers.
  navigator.serviceWorker?.register(new URL('./service-worker.js', document.baseURI)).catch((error) => {
    console.warn('The page could not be kept for offline use.', error);
  });
}
