// Chromium, driven by Playwright.

/** @import { Browser, Page } from '@playwright/test' */
/** @import { Engine, Place, Tab } from './types.js' */

import { chromium } from '@playwright/test';

const { CHROME } = process.env;

const ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** @type {Promise<Browser> | null} */
let browser = null;

/** @type {Engine} */
export const engine = {
  name: 'chromium',
  missing: CHROME ? null : 'there is no Chrome or Chromium',

  async open({ width, height, reducedMotion }) {
    browser ??= chromium.launch({ executablePath: CHROME, args: ARGS });
    const context = await (await browser).newContext({
      viewport: { width, height },
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    return tabOf(await context.newPage());
  },

  async close() {
    const ended = browser;
    browser = null;
    await (await ended)?.close();
  },
};

/**
 * @param {Page} page the only one of its context
 * @returns {Tab}
 */
function tabOf(page) {
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));

  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    // Playwright's own types have one argument only.
    evaluate: (run, ...args) => page.evaluate(`(${run})(...${JSON.stringify(args)})`),

    async stroke([first, ...rest]) {
      await page.mouse.move(...first);
      await page.mouse.down();
      // As fast as they can be sent: each alone is answered with a frame.
      await Promise.all(rest.map((place) => page.mouse.move(...place)));
      await page.mouse.up();
    },

    hover: (/** @type {Place} */ place) => page.mouse.move(...place),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    screenshot: () => page.screenshot(),
    complaints: () => complaints,
    close: () => page.context().close(),
  };
}
