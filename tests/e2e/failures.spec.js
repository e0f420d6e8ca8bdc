// What fails to load says so with the true reason, and loads when it is tried again.

/** @import { Page, Route } from '@playwright/test' */

import { pathToFileURL } from 'node:url';
import { draw, open, settled, strokesOf } from './support/drawing.js';
import { DIST } from './support/host.js';
import { expect, test } from './support/page.js';

const WASM = '**/pkg/spikepad_bg-*.wasm';

/** @param {Page} page */
const status = (page) => page.locator('.status');

/**
 * Waits until a place says that a download takes long, with a clock that the test moves.
 * @param {Page} page
 * @param {import('@playwright/test').Locator} place
 * @param {string} words
 */
const saysInTime = (page, place, words) =>
  expect(async () => {
    await page.clock.fastForward(2500);
    await expect(place).toContainText(words, { timeout: 100 });
  }).toPass();

/** @type {Record<string, { fulfil: (route: Route) => Promise<void>, says: string }>} */
const SIMULATORS = {
  'a web page in place of the wasm': {
    fulfil: (route) => route.fulfill({ body: '<!doctype html><title>Log in</title>', contentType: 'text/html' }),
    says: 'a web page came in its place',
  },
  'half of the wasm': {
    async fulfil(route) {
      const response = await route.fetch();
      const bytes = await response.body();
      await route.fulfill({ body: bytes.subarray(0, bytes.length / 2), contentType: 'application/wasm' });
    },
    says: 'the file is incomplete or damaged',
  },
  'something else than wasm': {
    fulfil: (route) => route.fulfill({ body: 'something else', contentType: 'application/octet-stream' }),
    says: 'what the server sent is not WebAssembly',
  },
  'an error of the server': { fulfil: (route) => route.fulfill({ status: 500 }), says: 'the server answered 500' },
};

for (const [what, { fulfil, says }] of Object.entries(SIMULATORS)) {
  test(`names the reason: ${what}`, async ({ page, watch }) => {
    watch.allow(/Failed to load resource/);
    await page.route(WASM, fulfil);
    await page.goto('./');
    await expect(status(page)).toContainText(says);
    await page.unroute(WASM);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(status(page)).toBeHidden();
    await expect(page.locator('main')).not.toHaveClass(/loading/);
  });
}

test('names a content security policy that forbids WebAssembly', async ({ page, watch }) => {
  watch.allow(/Content Security Policy|unsafe-eval/);
  await page.route('**/spike/pad/', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace("'wasm-unsafe-eval'", '') });
  });
  await page.goto('./');
  await expect(status(page)).toContainText('the content security policy of this page forbids WebAssembly');
});

for (const missing of ['WebAssembly.validate = () => false', 'delete globalThis.WebAssembly']) {
  test(`names a browser that is too old: ${missing}`, async ({ page, watch }) => {
    watch.allow(/./);
    await page.addInitScript(missing);
    await page.route(WASM, (route) => route.fulfill({ body: 'unknown to this browser' }));
    await page.goto('./');
    await expect(status(page)).toContainText(/this browser (is too old; it needs|has no) WebAssembly/);
  });
}

/** Parts that load when they are first wanted. @type {Record<string, { url: string, opens: (page: Page) => Promise<void>, shows: string }>} */
const PARTS = {
  'the code of a view': {
    url: '**/inside-neuron-*.js',
    opens: (page) => page.getByRole('tab', { name: 'Inside a neuron' }).click(),
    shows: '#view-why .plot',
  },
  'code that views share': {
    url: '**/chunk-*.js',
    opens: (page) => page.getByRole('tab', { name: 'Votes over time' }).click(),
    shows: '#view-race .plot',
  },
  'the parameters': {
    url: '**/parameters-*.js',
    opens: (page) => page.getByRole('tab', { name: 'Parameters' }).click(),
    shows: '#view-parameters form',
  },
  'the accuracy on test digits': {
    url: '**/accuracy-*.json',
    opens: (page) => page.getByRole('tab', { name: 'Stop earlier?' }).click(),
    shows: '#view-horizon .aside:has-text("Measured on")',
  },
  'test digits': {
    url: '**/digits-*.json',
    opens: (page) => page.locator('#more').click(),
    shows: '#digits button >> nth=0',
  },
};

for (const [what, { url, opens, shows }] of Object.entries(PARTS)) {
  test(`says that ${what} could not be loaded, and tries again`, async ({ page, watch }) => {
    watch.allow(/Failed to load resource/);
    await open(page);
    await draw(page, strokesOf(7));
    await settled(page);
    await page.route(url, (route) => route.fulfill({ status: 503 }));
    await opens(page);
    const trouble = page.locator('.load-trouble');
    await expect(trouble).toContainText('could not be loaded: the server answered 503.');
    await page.unroute(url);
    await trouble.getByRole('button', { name: 'Try again' }).click();
    await expect(page.locator(shows)).toBeVisible();
    await expect(trouble).toHaveCount(0);
  });
}

test('says that the samples could not be loaded, and tries again', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/samples-*.json', (route) => route.fulfill({ status: 503 }));
  await page.goto('./');
  await expect(page.locator('#samples')).toContainText('The samples could not be loaded: the server answered 503.');
  await page.unroute('**/samples-*.json');
  await page.locator('#samples').getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('#samples .sample')).toHaveCount(10);
});

test('says that the sound could not be loaded, and tries again', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/sound-*.js', (route) => route.fulfill({ status: 503 }));
  await open(page);
  const button = page.getByRole('button', { name: 'Sound of the spikes' });
  await button.click();
  await expect(page.locator('#note')).toContainText('The sound could not be loaded: the server answered 503.');
  await page.unroute('**/sound-*.js');
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
});

test('says that the network takes long to arrive, and begins again', async ({ page }) => {
  await page.clock.install();
  let stalls = true;
  await page.route(WASM, (route) => (stalls ? undefined : route.continue()));
  // The load event waits for the wasm.
  await page.goto('./', { waitUntil: 'commit' });
  await saysInTime(page, status(page), 'takes unusually long to arrive');
  stalls = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('main')).not.toHaveClass(/loading/);
});

const trouble = (/** @type {Page} */ page) => page.locator('#start-trouble');

for (const name of ['index.html', 'laboratory.html', 'bench.html', 'learn.html']) {
  const entry = name === 'index.html' ? '**/app-*.js' : `**/${name.replace('.html', '')}-*.js`;

  test.describe(`a page that cannot start says so: ${name}`, () => {
    test('its code does not arrive', async ({ page, watch }) => {
      watch.allow(/Failed to load resource/);
      await page.route(entry, (route) => route.fulfill({ status: 503 }));
      await page.goto(name);
      await expect(trouble(page)).toContainText(/could not start: for \S+\.js the server answered 503\./);
      await page.unroute(entry);
      await trouble(page).getByRole('button', { name: 'Try again' }).click();
      await expect(page.locator('html')).toHaveAttribute('data-started', '');
      await expect(trouble(page)).toHaveCount(0);
    });

    test('its code is sent as text', async ({ page, watch }) => {
      watch.allow(/MIME type|Failed to load/);
      await page.route(entry, async (route) =>
        route.fulfill({ response: await route.fetch(), contentType: 'text/plain' }),
      );
      await page.goto(name);
      await expect(trouble(page)).toContainText(/the server sends \S+\.js as text\/plain/);
    });

    test('its code stalls', async ({ page }) => {
      await page.clock.install();
      await page.route(entry, () => {});
      await page.goto(name, { waitUntil: 'commit' });
      await saysInTime(page, trouble(page), 'loading for unusually long');
    });

    test('it is opened as a file', async ({ page, watch }) => {
      watch.allow(/./);
      await page.goto(pathToFileURL(`${DIST}/${name}`).href);
      await expect(trouble(page)).toContainText('It needs a web server');
    });

    test('the browser runs no JavaScript', async ({ browser, baseURL }) => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(baseURL + name);
      await expect(page.locator('.noscript')).toBeVisible();
      await context.close();
    });
  });
}

test('works where the browser forbids service workers', async ({ page, watch }) => {
  watch.allow(/kept for offline use/);
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', {
      get() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  const told = page.waitForEvent('console', (message) => message.text().includes('kept for offline use'));
  await open(page);
  await told;
  await expect(page.locator('#note')).toBeHidden();
});

for (const [missing, says] of [
  ['DecompressionStream', 'it has no DecompressionStream'],
  ['Worker', 'has no workers'],
]) {
  test(`the laboratory says what it lacks: ${missing}`, async ({ page }) => {
    await page.addInitScript(`delete globalThis.${missing}`);
    // The server of the tests unpacks what it sends.
    await page.route('**/t10k-*', (route) =>
      route.fulfill({ path: `${DIST}/assets/${new URL(route.request().url()).pathname.split('/').at(-1)}` }),
    );
    await page.goto('./laboratory.html');
    await page.getByRole('button', { name: 'Run the table' }).click();
    await expect(page.getByRole('alert')).toContainText(says);
  });
}
