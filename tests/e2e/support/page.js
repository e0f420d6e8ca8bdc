// The `test` of every end-to-end spec: it fails when the page logs an error, throws one, or asks another origin for
// anything, whatever else the spec looks at.

import { test as base, expect } from '@playwright/test';

/**
 * @import { Fixtures, PlaywrightTestArgs, PlaywrightTestOptions } from '@playwright/test'
 *
 * @typedef {object} Watch
 * @property {(pattern: RegExp) => void} allow lets pass the complaints that match, in a spec that breaks something on
 *   purpose
 */

/** @type {Fixtures<{ watch: Watch, firstVisit: boolean }, {}, PlaywrightTestArgs & PlaywrightTestOptions>} */
const fixtures = {
  // A page that is visited for the first time begins to draw after a while, which no other spec waits for.
  firstVisit: [false, { option: true }],
  context: async ({ context, firstVisit }, use) => {
    if (!firstVisit) await context.addInitScript(visitedBefore);
    await use(context);
  },

  watch: [
    async ({ context, baseURL }, use) => {
      /** @type {string[]} */
      const complaints = [];
      /** @type {RegExp[]} */
      const allowed = [];
      const home = new URL(String(baseURL)).origin;

      context.on('console', (message) => {
        if (message.type() !== 'error') return;
        complaints.push(`console error: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => complaints.push(`uncaught error: ${error.error().stack ?? error.error()}`));
      context.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== home) complaints.push(`foreign request: ${request.url()}`);
      });

      await use({ allow: (pattern) => allowed.push(pattern) });

      expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
};

/** Run in the page, before anything of its own. */
function visitedBefore() {
  try {
    const kept = JSON.parse(localStorage.getItem('spikepad') ?? '{}');
    localStorage.setItem('spikepad', JSON.stringify({ ...kept, welcomed: true }));
  } catch {
    // This spec forbids storage.
  }
}

export const test = base.extend(fixtures);

export { expect };
