// Firefox, driven by Puppeteer over WebDriver BiDi.

/** @import { Browser, KeyInput, Page } from 'puppeteer-core' */
/** @import { BrowserTab, Engine } from './types.js' */

import puppeteer from 'puppeteer-core';

const { FIREFOX } = process.env;

/** One browser with reduced motion and one without: it is a setting of Firefox. @type {Map<boolean, Promise<Browser>>} */
const browsers = new Map();

/** @type {Engine} */
const engine = {
  name: 'firefox',
  missing: FIREFOX ? null : 'Firefox is not installed',

  async open({ width, height, reducedMotion }) {
    const browser = browsers.get(reducedMotion) ?? start(reducedMotion);
    browsers.set(reducedMotion, browser);
    const context = await (await browser).createBrowserContext();
    const page = await context.newPage();
    await page.setViewport({ width, height });
    return tabOf(page);
  },

  async close() {
    const ended = [...browsers.values()];
    browsers.clear();
    for (const browser of ended) await (await browser).close();
  },
};

/** One: a page that is not in front gets no frames. */
export const engines = [engine];

/** @param {boolean} reducedMotion */
function start(reducedMotion) {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    extraPrefsFirefox: {
      'ui.prefersReducedMotion': Number(reducedMotion),
      // The browser itself makes no requests.
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  });
}

/**
 * @param {Page} page the only one of its context
 * @returns {BrowserTab}
 */
function tabOf(page) {
  /** @type {string[]} */
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error)));

  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    evaluate: async (run, ...args) => /** @type {any} */ (await page.evaluate(run, .../** @type {any} */ (args))),

    async stroke([first, ...rest]) {
      await page.mouse.move(...first);
      await page.mouse.down();
      for (const position of rest) await page.mouse.move(...position);
      await page.mouse.up();
    },

    hover: (position) => page.mouse.move(...position),

    async press(key) {
      const keys = /** @type {KeyInput[]} */ (key.split('+').map((name) => (name === 'Space' ? ' ' : name)));
      for (const each of keys.slice(0, -1)) await page.keyboard.down(each);
      await page.keyboard.press(keys[keys.length - 1]);
      for (const each of keys.slice(0, -1).reverse()) await page.keyboard.up(each);
    },

    type: (text) => page.keyboard.type(text),
    screenshot: () => page.screenshot(),
    errors: () => errors,
    close: () => page.browserContext().close(),
  };
}
