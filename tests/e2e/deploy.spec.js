// A new build of the page is published while browsers and hosts still keep files of the old one. Whatever they keep, and
// whatever request is lost, a visitor gets one whole build.

/** @import { Fixtures, Page, PlaywrightTestArgs, PlaywrightTestOptions } from '@playwright/test' */
/** @import { Rules } from './support/host.js' */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { DIST, startHost } from './support/host.js';
import { laterBuild } from './support/later-build.js';
import { test as base, expect } from './support/page.js';

/**
 * Each test has a host of its own; the rules may be changed at any time.
 * @type {Fixtures<{ rules: Rules, host: Awaited<ReturnType<typeof startHost>> }, {}, PlaywrightTestArgs & PlaywrightTestOptions>}
 */
const fixtures = {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures this one needs.
  rules: async ({}, use) => use({ dir: DIST, caching: () => 'max-age=600', drops: null, answers: null }),
  host: async ({ rules }, use) => {
    const host = await startHost(rules);
    await use(host);
    host.close();
  },
  baseURL: ({ host }, use) => use(host.url),
};

const test = base.extend(fixtures);

test.use({ serviceWorkers: 'allow' });

/** What browsers may keep. @type {Record<string, Rules['caching']>} */
const CACHING = {
  'everything for ten minutes': () => 'max-age=600',
  'scripts, but no wasm': (file) => (file.endsWith('.wasm') ? 'no-store' : 'max-age=600'),
};

/** The request that is lost after the new build is published. @type {Record<string, Rules['drops']>} */
const DROPS = {
  none: null,
  'a style sheet': (file) => file.endsWith('.css'),
  'a module': (file) => /^app-.*\.js$/.test(file),
  'the wasm': (file) => file.endsWith('.wasm'),
  'the weights': (file) => file.endsWith('.safetensors'),
};

/** @type {ReturnType<typeof laterBuild>} */
let later;

test.beforeAll(() => {
  later = laterBuild(DIST);
});
test.afterAll(() => later.remove());

/** Waits until the page can be used. @param {Page} page */
async function works(page) {
  await expect(page.locator('main[aria-busy="false"]:not(.loading)')).toBeVisible();
  await expect(page.locator('.status')).toBeHidden();
  await expect(page.locator('#start-trouble')).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => document.styleSheets.length)).toBeGreaterThan(0);
  await page.keyboard.press('3');
  await expect(page.locator('#verdict')).toHaveAttribute('data-digit', '3');
  // The sample may still be drawing itself.
  await expect(page.locator('#verdict')).toHaveAttribute('data-state', 'done');
}

/** Waits until the service worker keeps the page. @param {Page} page */
async function kept(page) {
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state))
    .toBe('activated');
}

/**
 * Which build the page is; fails where it has files of more than one.
 * @param {Page} page
 */
async function buildOf(page) {
  const { isLater, files } = await page.evaluate(() => ({
    isLater: document.documentElement.dataset.build === 'later',
    files: performance.getEntriesByType('resource').map(({ name }) => name),
  }));
  const dir = isLater ? later.dir : DIST;
  for (const file of files) {
    const name = new URL(file).pathname.replace('/spike/pad/', '');
    if (/-\w{8,10}\.\w+$/.test(name))
      expect(existsSync(path.join(dir, name)), `${name} is of another build`).toBe(true);
  }
  return isLater ? 'later' : 'first';
}

for (const [keeps, caching] of Object.entries(CACHING)) {
  for (const worker of [true, false]) {
    test(`two builds, ${worker ? 'a' : 'no'} service worker; browsers keep ${keeps}`, async ({ browser, watch }) => {
      test.setTimeout(240_000);
      for (const [lost, drops] of Object.entries(DROPS)) {
        await test.step(`lost: ${lost}`, async () => {
          watch.allow(/./);
          /** @type {Rules} */
          const rules = { dir: DIST, caching, drops: null, answers: null };
          const host = await startHost(rules);
          const context = await browser.newContext({
            serviceWorkers: worker ? 'allow' : 'block',
            // A sample is there at once.
            reducedMotion: 'reduce',
          });
          try {
            const page = await context.newPage();
            await page.goto(host.url);
            await works(page);
            expect(await buildOf(page)).toBe('first');
            if (worker) await kept(page);
            rules.dir = later.dir;
            rules.drops = drops;
            await page.goto('about:blank');
            await page.goto(host.url);
            await works(page);
            await buildOf(page);
            rules.drops = drops;
            await page.reload();
            await works(page);
            await page.getByRole('tab', { name: 'Energy' }).click();
            await expect(page.locator('#view-energy')).toContainText('By this proxy');
            expect(await buildOf(page)).toBe('later');
          } finally {
            await context.close();
            host.close();
          }
        });
      }
    });
  }
}

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('a page of the old build that lacks a view loads the new build, with the drawing', async ({
    page,
    rules,
    watch,
  }) => {
    watch.allow(/Failed to load resource/);
    await page.goto('./');
    await works(page);
    rules.dir = later.dir;
    await page.getByRole('tab', { name: 'Energy' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-build', 'later');
    await expect(page.locator('#view-energy')).toContainText('By this proxy');
    await expect(page.locator('#verdict')).toHaveAttribute('data-digit', '3');
    expect(await buildOf(page)).toBe('later');
  });
});

for (const status of [301, 404, 410]) {
  test(`a site that answers ${status} is not shown from what the service worker keeps`, async ({
    page,
    rules,
    watch,
  }) => {
    watch.allow(/Failed to load resource/);
    await page.goto('./');
    await kept(page);
    rules.answers = status;
    await page.goto('./').catch(() => {});
    await expect(page).toHaveTitle('gone');
    rules.answers = 503;
    await page.goto('./');
    await works(page);
  });
}
