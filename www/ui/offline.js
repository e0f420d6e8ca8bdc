// Lets the page be opened without a network, and installed.

/**
 * Asks the browser to keep the files of this page, and those of others that were named before. Nothing on the page depends
 * on whether it does.
 * @param {URL} serviceWorker
 * @param {string} group of files, as the service worker names them
 */
export async function keepOffline(serviceWorker, group) {
  try {
    // Only secure origins have service workers.
    const { serviceWorker: container } = navigator;
    if (!container) return;
    await container.register(serviceWorker);
    const { active } = await container.ready;
    active?.postMessage({ keep: group });
  } catch (error) {
    console.warn('The page could not be kept for offline use.', error);
  }
}
