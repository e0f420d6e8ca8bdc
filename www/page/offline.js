// Lets the page be installed, and opened without an internet connection.

/**
 * Asks the browser to keep the page. Nothing on the page depends on whether it does.
 * @param {URL} serviceWorker
 */
export function keepOffline(serviceWorker) {
  // Only secure origins have service workers.
  navigator.serviceWorker?.register(serviceWorker).catch((error) => {
    console.warn('The page could not be kept for offline use.', error);
  });
}
