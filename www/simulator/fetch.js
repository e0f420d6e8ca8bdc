// Fetches the files that a page needs, with errors that say which of them failed.

/** A part of the page that could not be loaded; its message is a sentence for the user. */
export class LoadError extends Error {
  /**
   * @param {string} part the name of the part, for the message
   * @param {string} reason
   * @param {unknown} [cause]
   */
  constructor(part, reason, cause) {
    super(`${part} could not be loaded: ${reason}.`, { cause });
    this.name = 'LoadError';
  }
}

/**
 * @param {string} part the name of the file in the error's message
 * @param {URL} url
 * @throws {LoadError}
 */
export async function fetchOk(part, url) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new LoadError(part, 'the connection failed', error);
  }
  if (!response.ok) throw new LoadError(part, `the server answered ${response.status}`);
  return response;
}

/**
 * @param {string} part the name of the file in the error's message
 * @param {URL} url
 * @throws {LoadError}
 */
export async function fetchBytes(part, url) {
  const response = await fetchOk(part, url);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new LoadError(part, 'the connection broke', error);
  }
}

/**
 * @param {string} part the name of the file in the error's message
 * @param {URL} url
 * @returns {Promise<any>}
 * @throws {LoadError}
 */
export async function fetchJson(part, url) {
  const response = await fetchOk(part, url);
  try {
    return await response.json();
  } catch (error) {
    throw new LoadError(part, 'the file is damaged', error);
  }
}
