// The `test` of every spec. It fails if the page logs an error, throws one, or makes a request to another origin.

import { test as base, expect } from '@playwright/test';

/**
 * @import { Fixtures, PlaywrightTestArgs, PlaywrightTestOptions } from '@playwright/test'
 *
 * @typedef {object} Watch
 * @property {(pattern: RegExp) => void} allow allows errors that match, for a test that causes them on purpose
 */

/** @type {Fixtures<{ watch: Watch }, {}, PlaywrightTestArgs & PlaywrightTestOptions>} */
const fixtures = {
  // On a first visit, the page draws a digit by itself after a while. The journeys test that; here it would interfere.
  context: async ({ context }, use) => {
    await context.addInitScript(visitedBefore);
    await use(context);
    await context.unrouteAll({ behavior: 'ignoreErrors' });
  },

  // The page may still ask for files when a test ends, such as the module of a worker. An answer that is then under way is
  // no failure, where the handler returns its promise; the same holds for a route of the context.
  page: async ({ page }, use) => {
    await use(page);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  },

  watch: [
    async ({ context, baseURL }, use) => {
      /** @type {string[]} */
      const errors = [];
      /** @type {RegExp[]} */
      const allowed = [];
      const home = new URL(String(baseURL)).origin;

      context.on('console', (message) => {
        if (message.type() !== 'error') return;
        errors.push(`console error: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => errors.push(`uncaught error: ${error.error().stack ?? error.error()}`));
      context.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== home) errors.push(`foreign request: ${request.url()}`);
      });

      await use({ allow: (pattern) => allowed.push(pattern) });

      expect(errors.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
};

/** Runs in the page before the page's own scripts. */
function visitedBefore() {
  try {
    const kept = JSON.parse(localStorage.getItem('spikepad') ?? '{}');
    localStorage.setItem('spikepad', JSON.stringify({ ...kept, welcomed: true }));
  } catch {
    // The test forbids storage.
  }
}

export const test = base.extend(fixtures);

export { expect };
