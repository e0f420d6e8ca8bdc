// Makes a `Tab` of a page that Playwright drives.

/** @import { Page } from '@playwright/test' */
/** @import { Tab } from './types.js' */

/**
 * @param {Page} page
 * @returns {Tab}
 */
export function tabOf(page) {
  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    // Playwright's own `evaluate` passes one argument only.
    evaluate: (run, ...args) => page.evaluate(`(${run})(...${JSON.stringify(args)})`),

    async stroke([first, ...rest]) {
      await page.mouse.move(...first);
      await page.mouse.down();
      // All at once: the browser answers each move with a frame.
      await Promise.all(rest.map((position) => page.mouse.move(...position)));
      await page.mouse.up();
    },

    hover: (position) => page.mouse.move(...position),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
  };
}
