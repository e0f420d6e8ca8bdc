// Style sheets that are loaded when they are first needed.

import { make } from './dom.js';

/**
 * @param {URL} url
 * @returns {Promise<void>} resolves when the page has the styles
 * @throws {Error} names the address
 */
export function loadStyles(url) {
  const link = make('link', { rel: 'stylesheet', href: url.href });
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      // So that another try asks again.
      link.remove();
      reject(new Error(`The style sheet ${url.href} did not load.`));
    });
    document.head.append(link);
  });
}
