// Fetches the files that a page needs, with errors that say which of them failed, and why.

/** @import { Source } from './types.js' */

import { messageOf } from '../ui/errors.js';

/** How long a second try waits after a connection that failed, ms. */
const PAUSE = 300;

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

/** Why there is no answer. */
const unconnected = () => (navigator.onLine ? 'the connection failed' : 'this device is offline');

/** Why an answer in place of a file is none of its bytes. */
export const REPLACED = 'a web page came in its place, as from a network that asks for a login';

/** @param {Response} response @returns {boolean} is it a web page? */
export const isPage = (response) => /^text\/html\b/.test(response.headers.get('Content-Type') ?? '');

/**
 * Fetches a file. Where the connection fails, it tries a second time.
 * @template T
 * @param {string} part the name of the file in the error's message
 * @param {URL} url
 * @param {(response: Response) => Promise<T>} read
 * @param {AbortSignal} [signal] gives it up
 * @returns {Promise<T>}
 * @throws {LoadError}
 */
export async function fetchOk(part, url, read, signal) {
  for (let second = false; ; second = true) {
    try {
      const response = await fetch(url, { signal });
      if (!response.ok) throw new LoadError(part, `the server answered ${response.status}`);
      return await read(response);
    } catch (error) {
      // `fetch` and what reads its answer throw a TypeError where the connection fails.
      if (!(error instanceof TypeError)) throw error;
      if (second) throw new LoadError(part, unconnected(), error);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/**
 * @param {string} part the name of the file in the error's message
 * @param {Source} url
 * @param {AbortSignal} [signal] gives it up
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {LoadError}
 */
export function fetchBytes(part, url, signal) {
  if ('load' in url) return loadCarried(part, url);
  const read = async (/** @type {Response} */ response) => {
    if (isPage(response)) throw new LoadError(part, REPLACED);
    return new Uint8Array(await response.arrayBuffer());
  };
  return fetchOk(part, url, read, signal);
}

/**
 * A file that the program carries with it.
 * @param {string} part the name of the file in the error's message
 * @param {Exclude<Source, URL>} source
 * @returns {Promise<any>}
 * @throws {LoadError}
 */
export async function loadCarried(part, source) {
  try {
    return await source.load();
  } catch (error) {
    throw new LoadError(part, messageOf(error), error);
  }
}

/**
 * @param {string} part the name of the file in the error's message
 * @param {Source} url
 * @returns {Promise<any>}
 * @throws {LoadError}
 */
export async function fetchJson(part, url) {
  const bytes = await fetchBytes(part, url);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new LoadError(part, 'the file is damaged', error);
  }
}

/** Why a module that is there cannot be imported: a module that it imports may have failed. */
function whyNotImported() {
  const entries = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'));
  const status = entries.map(({ responseStatus }) => responseStatus).findLast((each) => each >= 400);
  return status ? `the server answered ${status}` : unconnected();
}

/**
 * Why a script or a style sheet did not load: browsers do not tell.
 * @param {string} part the name of the file in the error's message
 * @param {unknown} error of an import, whose message names the address in most browsers
 * @returns {Promise<LoadError>}
 */
export async function moduleError(part, error) {
  if (error instanceof LoadError) return error;
  const [url] = /\bhttps?:\S+/.exec(messageOf(error)) ?? [];
  if (!url) return new LoadError(part, unconnected(), error);
  try {
    const type = await fetchOk(part, new URL(url), async ({ headers }) => headers.get('Content-Type') ?? 'no type');
    const wanted = /\.css\b/.test(url) ? /css/ : /javascript/;
    if (/^text\/html/.test(type)) return new LoadError(part, REPLACED, error);
    if (!wanted.test(type)) return new LoadError(part, `the server sends ${url} as ${type}`, error);
    return new LoadError(part, whyNotImported(), error);
  } catch (reason) {
    return /** @type {LoadError} */ (reason);
  }
}
