// Chromium, driven by Playwright.

/** @import { Browser, Page } from '@playwright/test' */
/** @import { BrowserTab, Engine } from './types.js' */

import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS } from '../../browser/chromium-args.js';
import { tabOf } from '../../browser/playwright-tab.js';

const { CHROME } = process.env;

/** @type {Promise<Browser> | null} */
let browser = null;

/** @type {Engine} */
const engine = {
  name: 'chromium',
  missing: CHROME ? null : 'Chrome or Chromium is not installed',

  async open({ width, height, reducedMotion }) {
    browser ??= chromium.launch({ executablePath: CHROME, args: CHROMIUM_ARGS });
    const context = await (await browser).newContext({
      viewport: { width, height },
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    return browserTabOf(await context.newPage());
  },

  async close() {
    const ended = browser;
    browser = null;
    await (await ended)?.close();
  },
};

export const engines = [engine];

/**
 * @param {Page} page the only one of its context
 * @returns {BrowserTab}
 */
function browserTabOf(page) {
  /** @type {string[]} */
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  return {
    ...tabOf(page),
    screenshot: () => page.screenshot(),
    errors: () => errors,
    close: () => page.context().close(),
  };
}
