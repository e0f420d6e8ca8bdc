// Opens a host in Chromium, draws a digit in its figure, and waits for the verdict.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';
import sirv from 'sirv';
import { CHROMIUM_ARGS } from '../../browser/chromium-args.js';
import { strokesOf } from '../../samples.js';

/** @import { Browser, Frame, Page } from '@playwright/test' */

/** How long a host may take until there is a verdict, ms. */
const LONGEST = 20_000;

/** @type {Promise<Browser> | null} */
let launched = null;

function browser() {
  launched ??= chromium.launch({ executablePath: process.env.CHROME, args: CHROMIUM_ARGS });
  return launched;
}

/** What is closed after all tests. @type {(() => unknown)[]} */
const ends = [];

/** Ends the browser and the servers. */
export async function closeAll() {
  await Promise.all(ends.map((end) => end()));
  await (await launched)?.close();
}

/** @param {() => unknown} end is called after all tests */
export const atEnd = (end) => ends.push(end);

/**
 * Serves folders on localhost.
 * @param {Record<string, string>} folders by the beginning of the path, such as `/spikepad/`
 * @param {Record<string, string>} [headers]
 */
export async function serveFolders(folders, headers = {}) {
  const files = Object.entries(folders)
    .sort(([a], [b]) => b.length - a.length)
    .map(([base, dir]) => ({ base, handle: sirv(dir, { dev: true }) }));
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const missing = () => {
      response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
    };
    const found = files.find(({ base }) => request.url?.startsWith(base));
    if (!found) return missing();
    if (request.url !== '/favicon.ico') request.url = `/${request.url?.slice(found.base.length)}`;
    return found.handle(request, response, missing);
  });
  return listen(server);
}

/** @param {import('node:http').Server} server */
export async function listen(server) {
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${port}`, port };
}

/**
 * Opens a page; fails on errors that it logs, and on requests to origins that are not its own or the package's.
 * @param {string} url
 * @param {(page: Page) => Promise<void>} check
 * @param {object} [options]
 * @param {readonly string[]} [options.origins] of the package
 * @param {RegExp} [options.allowed] errors that are those of the host
 * @param {import('@playwright/test').BrowserContextOptions} [options.context]
 */
export async function visit(url, check, { origins = [], allowed, context = {} } = {}) {
  const page = await (await browser()).newPage(context);
  /** @type {string[]} */
  const problems = [];
  const own = [new URL(url).origin, ...origins];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error.stack ?? error)));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && !own.includes(origin)) problems.push(`a request to ${request.url()}`);
  });
  try {
    await page.goto(url);
    await check(page);
    assert.deepEqual(
      problems.filter((text) => !allowed?.test(text)),
      [],
    );
  } finally {
    await page.close();
  }
}

/**
 * Draws a digit on the first figure of a page, and waits until the figure tells that it reads it.
 * @param {Page} page
 * @param {object} [options]
 * @param {Frame | Page} [options.frame] that has the figure
 * @param {number} [options.digit]
 */
export async function drawAndRead(page, { frame = page, digit = 7 } = {}) {
  const element = frame.locator('spike-pad').first();
  await element.waitFor({ timeout: LONGEST });
  await element.evaluate((figure) => {
    Reflect.set(window, 'verdicts', []);
    figure.addEventListener('verdict', (event) =>
      Reflect.get(window, 'verdicts').push(/** @type {CustomEvent} */ (event).detail),
    );
  });
  const pad = element.locator('.pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  assert.ok(box, 'the figure has a pad');
  for (const [first, ...rest] of strokesOf(digit)) {
    const at = (/** @type {[number, number]} */ [x, y]) =>
      /** @type {const} */ ([box.x + (x / 280) * box.width, box.y + (y / 280) * box.height]);
    await page.mouse.move(...at(first));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...at(point));
    await page.mouse.up();
  }
  await frame.waitForFunction((wanted) => Reflect.get(window, 'verdicts').at(-1)?.digit === wanted, digit, {
    timeout: LONGEST,
  });
  const verdict = await frame.evaluate(() => Reflect.get(window, 'verdicts').at(-1));
  assert.equal(verdict.counts.length, 10);
  assert.equal(verdict.sure, true);
}
