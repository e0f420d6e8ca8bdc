// Several instruments on one page.

/** @import { Locator, Page } from '@playwright/test' */
/** @import { Instrument } from '../../www/instrument/instrument.js' */
/** @import { Strokes } from '../samples.js' */

import { bundle, serveInstances } from './instances/serve.js';
import { strokesOf } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @typedef {{ mount: (id: string, styles?: string) => Promise<Instrument>, instruments: Record<string, Instrument> }} Global */

test.use({ viewport: { width: 1700, height: 1000 } });

/** @type {Map<string, Uint8Array>} */
let files;

test.beforeAll(async () => {
  files = await bundle();
});

/** @param {Page} page */
async function open(page) {
  await serveInstances(page, files);
  await page.goto('./instances/');
}

/**
 * @param {Page} page
 * @param {string} id
 * @param {string} [styles]
 */
async function mount(page, id, styles) {
  await page.evaluate(
    async ([at, sheet]) => {
      const global = /** @type {Global} */ (/** @type {unknown} */ (window));
      global.instruments ??= {};
      global.instruments[/** @type {string} */ (at)] = await global.mount(/** @type {string} */ (at), sheet);
    },
    [id, styles],
  );
  return page.locator(`#${id} .instrument`);
}

/** @param {Page} page @param {string} id */
function destroy(page, id) {
  return page.evaluate((at) => {
    const { instruments } = /** @type {Global} */ (/** @type {unknown} */ (window));
    instruments[at].destroy();
    delete instruments[at];
  }, id);
}

/** @param {Locator} instrument */
const verdictOf = (instrument) => instrument.locator('.verdict');

/** @param {Locator} instrument */
const settled = (instrument) => expect(instrument).toHaveAttribute('aria-busy', 'false');

/**
 * @param {Locator} instrument
 * @param {Strokes} strokes
 */
async function draw(instrument, strokes) {
  const pad = instrument.locator('.pad');
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('no pad');
  const { mouse } = instrument.page();
  for (const [first, ...rest] of strokes) {
    const at = (/** @type {[number, number]} */ [x, y]) =>
      /** @type {[number, number]} */ ([box.x + (x / 280) * box.width, box.y + (y / 280) * box.height]);
    await mouse.move(...at(first));
    await mouse.down();
    for (const point of rest) await mouse.move(...at(point));
    await mouse.up();
  }
}

test('two pads on one page are independent', async ({ page }) => {
  await open(page);
  const [a, b] = [await mount(page, 'a'), await mount(page, 'b')];
  await draw(a, strokesOf(3));
  await page.keyboard.press('End');
  await settled(a);
  await expect(verdictOf(a)).toHaveAttribute('data-digit', '3');
  await expect(verdictOf(b)).toHaveAttribute('data-state', 'empty');
  await expect(b.getByRole('button', { name: 'Undo' })).toBeDisabled();

  await draw(b, strokesOf(7));
  await page.keyboard.press('End');
  await settled(b);
  await expect(verdictOf(b)).toHaveAttribute('data-digit', '7');
  await b.getByRole('tab', { name: 'Parameters' }).click();
  const steps = b.getByRole('textbox', { name: 'Steps' });
  await steps.fill('60');
  // What is shown meanwhile leaves what is being typed.
  await page.evaluate(() => {
    const { instruments } = /** @type {Global} */ (/** @type {unknown} */ (window));
    instruments.b.state.set({ seed: 5 });
  });
  await settled(b);
  await expect(steps).toHaveValue('60');
  await steps.press('Enter');
  await expect(b.locator('.time-steps')).toHaveText('of 60');
  await expect(a.locator('.time-steps')).toHaveText('of 350');
  await expect(verdictOf(a)).toHaveAttribute('data-digit', '3');
  await expect(a.getByRole('tab', { name: 'Spikes' })).toHaveAttribute('aria-selected', 'true');

  const broken = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    const references = ['for', 'aria-controls', 'aria-labelledby', 'aria-describedby'].flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].flatMap((element) => (element.getAttribute(name) ?? '').split(' ')),
    );
    return { twice, missing: references.filter((id) => !ids.includes(id)) };
  });
  expect(broken).toEqual({ twice: [], missing: [] });
});

test('keys go to the pad that has the focus', async ({ page }) => {
  await open(page);
  const [a, b] = [await mount(page, 'a'), await mount(page, 'b')];
  for (const each of [a, b]) {
    await draw(each, strokesOf(5));
    await page.keyboard.press('End');
    await expect(each.locator('.time-step')).toHaveText('350');
  }
  await page.keyboard.press('Home');
  await expect(b.locator('.time-step')).toHaveText('0');
  await expect(a.locator('.time-step')).toHaveText('350');
  await a.getByRole('button', { name: 'Step back' }).focus();
  await page.keyboard.press('c');
  await expect(verdictOf(a)).toHaveAttribute('data-state', 'empty');
  await expect(verdictOf(b)).not.toHaveAttribute('data-state', 'empty');
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await page.keyboard.press('c');
  await settled(b);
  await expect(verdictOf(b)).not.toHaveAttribute('data-state', 'empty');
});

test('a destroyed pad leaves no listeners, observers or elements, and the other pad works', async ({ page }) => {
  await page.addInitScript(countActivity);
  await open(page);
  const activity = () => page.evaluate(() => Reflect.get(window, 'activity')());
  const a = await mount(page, 'a');
  await draw(a, strokesOf(5));
  await page.keyboard.press('End');
  await settled(a);
  const before = await activity();

  const b = await mount(page, 'b');
  await draw(b, strokesOf(4));
  for (const tab of await b.getByRole('tab').all()) {
    await tab.click();
    await settled(b);
  }
  await b.getByRole('button', { name: 'Loop' }).click();
  await b.getByRole('button', { name: 'Restart' }).click();
  await page.evaluate(() => {
    Reflect.set(window, 'removed', new WeakRef(/** @type {Element} */ (document.querySelector('#b .instrument'))));
  });
  await destroy(page, 'b');
  await page.keyboard.press('Tab');
  await settled(a);
  expect(await activity()).toEqual(before);
  await expect(page.locator('#b')).toBeEmpty();

  await draw(a, [[[20, 20]]]);
  await settled(a);
  await page.keyboard.press('End');
  await expect(verdictOf(a)).toHaveAttribute('data-digit', '5');
  const session = await page.context().newCDPSession(page);
  await expect
    .poll(async () => {
      await session.send('HeapProfiler.collectGarbage');
      return page.evaluate(() => Reflect.get(window, 'removed').deref() === undefined);
    })
    .toBe(true);
});

/** Runs in the page: counts listeners of the window, the document and media queries, resize observers, and frames. */
function countActivity() {
  let listeners = 0;
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, handle, options) {
    const lasting = this === window || this === document || this instanceof MediaQueryList;
    const signal = typeof options === 'object' ? options.signal : undefined;
    if (lasting && !signal?.aborted) {
      listeners += 1;
      if (signal)
        add.call(signal, 'abort', () => {
          listeners -= 1;
        });
    }
    return add.call(this, type, handle, options);
  };
  const observers = new Set();
  const { observe, disconnect } = ResizeObserver.prototype;
  ResizeObserver.prototype.observe = function (...args) {
    observers.add(this);
    return observe.apply(this, args);
  };
  ResizeObserver.prototype.disconnect = function () {
    observers.delete(this);
    return disconnect.call(this);
  };
  const request = requestAnimationFrame;
  let frames = 0;
  window.requestAnimationFrame = (run) => {
    frames += 1;
    return request(run);
  };
  Reflect.set(window, 'activity', async () => {
    const first = frames;
    for (let i = 0; i < 10; i++) await new Promise(request);
    return { listeners, observers: observers.size, animates: frames > first };
  });
}

test('a pad in a shadow root works, and looks like one in the document', async ({ page }) => {
  await open(page);
  const inDocument = await mount(page, 'a');
  const inShadow = await mount(page, 'b', 'instrument.css');
  for (const each of [inDocument, inShadow]) {
    await draw(each, strokesOf(8));
    await page.keyboard.press('End');
    await settled(each);
    await expect(verdictOf(each)).toHaveAttribute('data-digit', '8');
    await expect(each.locator('.time-step')).toHaveText('350');
  }
  await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
  await page.mouse.move(0, 0);
  // Hides the time that the simulation took, which varies.
  const style = '.now .aside { visibility: hidden }';
  const [first, second] = [await inDocument.screenshot({ style }), await inShadow.screenshot({ style })];
  expect(await differentPixels(page, first, second)).toBe(0);
  await inShadow.getByRole('tab', { name: 'Inside a neuron' }).click();
  await settled(inShadow);
  await expect(inShadow.getByRole('combobox', { name: 'Neuron' })).toHaveValue('o8');
  await page.keyboard.press('c');
  await expect(verdictOf(inShadow)).toHaveAttribute('data-state', 'empty');
  await expect(verdictOf(inDocument)).toHaveAttribute('data-state', 'done');
});

/**
 * How many pixels of two pictures differ. Small differences do not count: edges are smoothed differently at another place of
 * the window.
 * @param {Page} page
 * @param {...Buffer} pictures PNGs
 */
function differentPixels(page, ...pictures) {
  return page.evaluate(
    async (encoded) => {
      const [first, second] = await Promise.all(
        encoded.map(async (png) => {
          const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
          const canvas = new OffscreenCanvas(image.width, image.height);
          const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height);
        }),
      );
      if (first.width !== second.width || first.height !== second.height) return Number.POSITIVE_INFINITY;
      let different = 0;
      for (let at = 0; at < first.data.length; at += 4) {
        const apart = [0, 1, 2].some((i) => Math.abs(first.data[at + i] - second.data[at + i]) > 24);
        if (apart) different += 1;
      }
      return different;
    },
    pictures.map((png) => png.toString('base64')),
  );
}

test('a pad has the theme of the element that it is in', async ({ page }) => {
  await open(page);
  await page.evaluate(() => document.querySelector('#b')?.setAttribute('data-theme', 'dark'));
  const [light, dark] = [await mount(page, 'a'), await mount(page, 'b')];
  for (const each of [light, dark]) await draw(each, strokesOf(1));
  const ink = (/** @type {Locator} */ instrument) =>
    instrument.locator('.pad').evaluate((pad) => {
      const { width, height } = /** @type {HTMLCanvasElement} */ (pad);
      const context = /** @type {HTMLCanvasElement} */ (pad).getContext('2d');
      const pixels = context?.getImageData(0, 0, width, height).data ?? [];
      const at = pixels.findIndex((value, i) => i % 4 === 3 && value === 255);
      return [...pixels.slice(at - 3, at)];
    });
  await settled(dark);
  expect(await ink(light)).toEqual([0x1d, 0x1b, 0x18]);
  expect(await ink(dark)).toEqual([0xd9, 0xe4, 0xdb]);
});
