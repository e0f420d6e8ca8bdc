// Opens a page that shows every view of a network of any size, without the rest of the pad: see views-page.js.

/** @typedef {import('@playwright/test').Page} Page */

import path from 'node:path';
import { expect } from '@playwright/test';
import * as esbuild from 'esbuild';
import { builtFile } from '../../../scripts/built-file.js';

const HTML = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Views</title><link rel="stylesheet" href="${builtFile('styles/page.css')}"></head>
<body><div class="page instrument-frame"><main class="instrument">
<section class="stage-column"></section>
<section class="votes-column"><h2 class="caption">Votes</h2><ol class="votes"></ol></section>
<section class="verdict-column"><h2 class="caption">It reads</h2><div class="verdict"></div></section>
<section class="views"><div class="time-line"><input type="range" class="scrubber" aria-label="Time"></div></section>
</main></div><script type="module" src="views-page.js"></script></body></html>`;

/** @type {Promise<string> | null} */
let bundling = null;

async function bundle() {
  const { outputFiles } = await esbuild.build({
    bundle: true,
    entryPoints: [path.join(import.meta.dirname, 'views-page.js')],
    format: 'esm',
    write: false,
  });
  return outputFiles[0].text;
}

/**
 * @param {Page} page
 * @param {readonly number[]} sizes of the layers
 */
export async function openViews(page, sizes) {
  bundling ??= bundle();
  const body = await bundling;
  await page.route('**/views-page.js', (route) => route.fulfill({ body, contentType: 'text/javascript' }));
  await page.route('**/views.html*', (route) => route.fulfill({ body: HTML, contentType: 'text/html' }));
  await page.goto(`./views.html?sizes=${sizes.join('-')}`);
  await expect(page.locator('.lane-count')).toHaveCount(sizes.length);
}

/** Shows a step. @param {Page} page @param {number} step */
export function seek(page, step) {
  return page.evaluate((to) => Reflect.get(window, 'seek')(to), step);
}

/** Opens the tab of a view. @param {Page} page @param {string} name */
export async function openView(page, name) {
  const tab = page.getByRole('tab', { name, exact: true });
  await tab.click();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** The cells of a table. @param {Page} page @param {string} caption */
export function tableOf(page, caption) {
  return page.evaluate((title) => {
    const found = [...document.querySelectorAll('table')].find((each) => each.caption?.textContent === title);
    return [...(found?.rows ?? [])].map(({ cells }) => [...cells].map(({ textContent }) => textContent ?? ''));
  }, caption);
}
