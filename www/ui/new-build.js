// Loads the page again where that helps: a new build has been published, and this one lacks files that are no longer on the
// server; or a file did not arrive. Reloads once only, so that no visitor ends in a circle.

/** The module of this page, whose name changes with each build that changes it or what it imports. */
const entry = () => document.querySelector('script[type="module"]')?.getAttribute('src') ?? '';

/**
 * Loads the page again if the server has another build of it than this one.
 * @returns {Promise<boolean>} is the page being loaded again?
 */
export async function loadNewBuild() {
  try {
    // The answer also takes the place of an old page in the browser's cache.
    const response = await fetch(location.href.replace(/#.*/, ''), { cache: 'reload' });
    if (!response.ok || (await response.text()).includes(entry())) return false;
  } catch {
    return false;
  }
  return loadAgain();
}

/**
 * Loads the page again, if this build of it was not loaded again before.
 * @returns {boolean} is the page being loaded again?
 */
export function loadAgain() {
  // The state of an entry in the history outlives a reload, and needs no storage.
  if (history.state?.loadedAgain === entry()) return false;
  history.replaceState({ loadedAgain: entry() }, '');
  location.reload();
  return true;
}
