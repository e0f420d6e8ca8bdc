// <spike-pad> in pages of other people.

/** @import { Page } from '@playwright/test' */
/** @import { Strokes } from '../samples.js' */

import { encodeStrokes } from '../../www/state/stroke-codec.js';
import { violations } from './support/axe.js';
import { frames, strokesOf } from './support/drawing.js';
import { expect, test } from './support/page.js';

/**
 * Opens a page of another person that has figures.
 * @param {Page} page
 * @param {string} body
 * @param {string} [head]
 */
async function open(page, body, head = '') {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>A tutorial</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<style>body { max-width: 760px; margin: 20px auto; padding: 0 16px; font: 16px/1.5 serif }
@media (prefers-color-scheme: dark) { body { background: #14171a; color: #ddd } }</style>
<script type="module" blocking="render" src="./spike-pad.js"></script>${head}
<body><main><h1>A tutorial</h1>${body}</main></body></html>`;
  await page.route('**/tutorial', (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto('./tutorial');
}

/** What a figure answers. @param {Page} page @param {string} id */
const digitOf = (page, id) =>
  page.locator(`#${id}`).evaluate((figure) => Reflect.get(figure, 'verdict')?.digit ?? null);

/** @param {Page} page @param {string} id @param {number} digit */
const expectDigit = (page, id, digit) => expect.poll(() => digitOf(page, id)).toBe(digit);

/** @param {Page} page @param {string} id @param {Strokes} strokes */
async function draw(page, id, strokes) {
  await page.locator(`#${id} .pad`).scrollIntoViewIfNeeded();
  const box = await page.locator(`#${id} .pad`).boundingBox();
  if (!box) throw new Error('no pad');
  for (const [first, ...rest] of strokes) {
    const at = (/** @type {[number, number]} */ [x, y]) =>
      /** @type {[number, number]} */ ([box.x + (x / 280) * box.width, box.y + (y / 280) * box.height]);
    await page.mouse.move(...at(first));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...at(point));
    await page.mouse.up();
  }
}

test('ink that is drawn before anything is loaded is kept, read, and can be undone', async ({ page }) => {
  let release = () => {};
  /** @type {Promise<void>} */
  const held = new Promise((done) => {
    release = done;
  });
  await page.route(/figure-|_bg-/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, '<spike-pad id="a" controls></spike-pad>');
  await draw(page, 'a', strokesOf(4));
  expect(await page.locator('#a').evaluate((figure) => Reflect.get(figure, 'strokes').length)).toBe(
    strokesOf(4).length,
  );
  expect(await digitOf(page, 'a')).toBe(null);
  release();
  await expectDigit(page, 'a', 4);
  await page.locator('#a').getByRole('button', { name: 'Undo' }).click();
  expect(await page.locator('#a').evaluate((figure) => Reflect.get(figure, 'strokes').length)).toBe(
    strokesOf(4).length - 1,
  );
});

test('a stroke during which the figure arrives is not lost', async ({ page }) => {
  await open(page, '<spike-pad id="a" loading="lazy"></spike-pad>');
  const [[first, ...rest]] = strokesOf(0);
  const box = await page.locator('#a .pad').boundingBox();
  if (!box) throw new Error('no pad');
  const arrived = page.waitForResponse(/figure-/);
  await page.mouse.move(box.x + first[0], box.y + first[1]);
  await page.mouse.down();
  for (const [x, y] of rest.slice(0, 5)) await page.mouse.move(box.x + x, box.y + y);
  await arrived;
  for (const [x, y] of rest.slice(5)) await page.mouse.move(box.x + x, box.y + y);
  await page.mouse.up();
  await expectDigit(page, 'a', 0);
});

test('ten figures share one simulator, all answer, and those out of sight draw no frames', async ({ page }) => {
  await page.addInitScript(() => {
    const instantiate = WebAssembly.instantiate;
    Reflect.set(window, 'instances', 0);
    WebAssembly.instantiate = /** @type {any} */ (
      (/** @type {any[]} */ ...args) => {
        Reflect.set(window, 'instances', Reflect.get(window, 'instances') + 1);
        return Reflect.apply(instantiate, WebAssembly, args);
      }
    );
    const request = requestAnimationFrame;
    Reflect.set(window, 'uncountedFrame', request);
    Reflect.set(window, 'frames_', 0);
    window.requestAnimationFrame = (run) => {
      Reflect.set(window, 'frames_', Reflect.get(window, 'frames_') + 1);
      return request(run);
    };
  });
  const figures = Array.from(
    { length: 10 },
    (_, i) => `<spike-pad id="f${i}" digit="${i}" loading="eager" autoplay loop views="pad verdict"></spike-pad>`,
  );
  await open(page, `${figures.join('')}<p style="height: 3000px">The end</p>`);
  for (let i = 0; i < 10; i++) await expectDigit(page, `f${i}`, i);
  expect(await page.evaluate(() => Reflect.get(window, 'instances'))).toBe(1);
  const framesIn = async () => {
    const before = await page.evaluate(() => Reflect.get(window, 'frames_'));
    await frames(page, 10);
    return (await page.evaluate(() => Reflect.get(window, 'frames_'))) - before;
  };
  expect(await framesIn()).toBeGreaterThan(0);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await expect.poll(framesIn).toBe(0);
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(framesIn).toBeGreaterThan(0);
  await page.evaluate(() => {
    for (const figure of document.querySelectorAll('spike-pad')) figure.remove();
  });
  await expect.poll(framesIn).toBe(0);
});

test('nothing moves while three figures load', async ({ page }) => {
  await page.addInitScript(() => {
    /** @type {string[]} */
    const shifts = [];
    Reflect.set(window, 'shifts', shifts);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        for (const { node, previousRect, currentRect } of Reflect.get(entry, 'sources')) {
          const [from, to] = [previousRect, currentRect].map(({ x, y, width, height }) => `${[x, y, width, height]}`);
          shifts.push(`${node?.nodeName} ${node?.className ?? node?.textContent}: ${from} -> ${to}`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.setViewportSize({ width: 1000, height: 3000 });
  await open(
    page,
    `<p>Before.</p><spike-pad id="a" controls digit="3" group="g"></spike-pad><p>Between.</p>
<spike-pad id="b" views="raster membranes" group="g"></spike-pad><p>Between.</p>
<spike-pad id="c" views="inside-a-neuron votes-over-time" group="g"></spike-pad><p>After.</p>`,
  );
  for (const id of ['a', 'b', 'c']) await expectDigit(page, id, 3);
  await expect(page.locator('#c')).toContainText('votes');
  await frames(page, 10);
  expect(await page.evaluate(() => Reflect.get(window, 'shifts'))).toEqual([]);
});

test('figures that share a digit read it with their own settings', async ({ page }) => {
  await open(
    page,
    `<spike-pad id="b" for="a" views="verdict" encoding="regular" steps="40" loading="eager"></spike-pad>
<spike-pad id="a"></spike-pad><spike-pad id="c" views="pad verdict" loading="eager"></spike-pad>`,
  );
  await draw(page, 'a', strokesOf(6));
  for (const id of ['a', 'b']) await expectDigit(page, id, 6);
  expect(await page.locator('#b').evaluate((figure) => Reflect.get(figure, 'recording').settings.encoding)).toBe(
    'regular',
  );
  expect(await page.locator('#b').evaluate((figure) => Reflect.get(figure, 'duration'))).toBe(40);
  expect(await digitOf(page, 'c')).toBe(null);
  await page.locator('#a').evaluate((figure) => Reflect.get(figure, 'clear').call(figure));
  await expect.poll(() => digitOf(page, 'b')).toBe(null);
});

test('properties and methods do what they say, before and after the figure is loaded', async ({ page }) => {
  await open(page, '<spike-pad id="a" controls views="pad verdict stage raster" loading="lazy"></spike-pad>');
  const told = await page.locator('#a').evaluate(async (element, strokes) => {
    const figure = /** @type {any} */ (element);
    /** @type {string[]} */
    const events = [];
    for (const type of ['load', 'error', 'progress', 'input', 'verdict', 'timeupdate']) {
      figure.addEventListener(type, () => events.push(type));
    }
    figure.settings = { steps: 30, seed: 5 };
    const verdict = await figure.read(strokes);
    await figure.play();
    const playing = !figure.paused;
    figure.pause();
    figure.currentTime = 12;
    await figure.step(-2);
    // Time is told as frames are drawn.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const blob = await figure.toBlob('raster');
    const [recorded] = [figure.recording];
    figure.clear();
    return {
      ...{
        digit: verdict.digit,
        playing,
        paused: figure.paused,
        time: figure.currentTime,
        type: blob.type,
        size: blob.size,
      },
      ...{
        steps: recorded.steps,
        seed: recorded.settings.seed,
        cleared: figure.strokes.length,
        verdict: figure.verdict,
      },
      ...{ sizes: [...figure.network.sizes], events: [...new Set(events)].sort() },
    };
  }, strokesOf(2));
  expect(told.size).toBeGreaterThan(2000);
  expect({ ...told, size: 0 }).toEqual({
    ...{ digit: 2, playing: true, paused: true, time: 0, type: 'image/png', size: 0 },
    ...{ steps: 30, seed: 5, cleared: 0, verdict: null, sizes: [784, 128, 10] },
    events: ['load', 'progress', 'timeupdate', 'verdict'],
  });
});

test('a network of another program is read from its address, and a missing one says so', async ({ page, watch }) => {
  await page.route('**/model.h5', (route) => route.fulfill({ path: 'formats/tests/fixtures/keras/k225_S14.h5' }));
  await open(
    page,
    '<spike-pad id="a" digit="3" src="model.h5"></spike-pad><spike-pad id="b" digit="3" src="none.h5"></spike-pad>',
  );
  await expect
    .poll(() => page.locator('#a').evaluate((figure) => Reflect.get(figure, 'network')?.sizes.join() ?? ''))
    .toMatch(/^196,20,/);
  await expect.poll(() => digitOf(page, 'a')).not.toBe(null);
  watch.allow(/404/);
  await expect(page.locator('#b').getByRole('alert')).toContainText(
    'The network none.h5 could not be loaded: the server answered 404.',
  );
});

test('a figure shows the doctor, without a worker', async ({ page }) => {
  let workers = 0;
  page.on('worker', () => {
    workers += 1;
  });
  await open(page, '<spike-pad id="a" digit="3" steps="2" views="verdict doctor" loading="eager"></spike-pad>');
  const doctor = page.locator('#a .doctor');
  await expect(doctor.getByRole('status')).toContainText('The presentation is too short');
  await doctor.getByRole('button', { name: 'Apply the change' }).click();
  await expect(doctor.getByRole('status')).toContainText('Nothing needs to be changed');
  await expect(doctor.getByRole('button')).toHaveCount(0);
  expect(workers).toBe(0);
});

test('events of inner controls stay inside', async ({ page }) => {
  await open(page, '<spike-pad id="a" controls digit="3"></spike-pad>');
  await expectDigit(page, 'a', 3);
  await page.evaluate(() => {
    Reflect.set(window, 'seen', []);
    for (const type of ['input', 'change', 'keydown', 'pointerdown'])
      document.addEventListener(type, () => Reflect.get(window, 'seen').push(type));
  });
  const figure = page.locator('#a');
  await figure.getByRole('slider', { name: 'Time' }).fill('10');
  await figure.getByRole('slider', { name: 'Pen' }).fill('10');
  await draw(page, 'a', [
    [
      [20, 20],
      [30, 30],
    ],
  ]);
  await page.keyboard.press('Home');
  expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual([]);
  // A key that means nothing to the figure is the page's.
  await page.keyboard.press('PageDown');
  expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual(['keydown']);
});

test('a figure takes the theme and the colours of its page', async ({ page }) => {
  await open(
    page,
    '<spike-pad id="a" digit="3"></spike-pad>',
    '<style>spike-pad { --spike-pad-ink: rebeccapurple }</style>',
  );
  await expectDigit(page, 'a', 3);
  const theme = page.locator('#a figure');
  await expect(theme).toHaveAttribute('data-theme', 'light');
  await page.evaluate(() => {
    document.body.style.background = '#101418';
  });
  await expect(theme).toHaveAttribute('data-theme', 'dark');
  const ink = () =>
    page.locator('#a .pad').evaluate((canvas) => {
      const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
      const data =
        /** @type {HTMLCanvasElement} */ (canvas).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      const at = data.findIndex((value, i) => i % 4 === 3 && value === 255);
      return [...data.slice(at - 3, at)];
    });
  await expect.poll(ink).toEqual([0x66, 0x33, 0x99]);
});

test('a figure that is moved keeps its digit, and views can change', async ({ page }) => {
  await open(page, '<spike-pad id="a" digit="3"></spike-pad><div id="other"></div>');
  await expectDigit(page, 'a', 3);
  await page.evaluate(() =>
    document.querySelector('#other')?.append(/** @type {Element} */ (document.querySelector('#a'))),
  );
  await expectDigit(page, 'a', 3);
  await page.locator('#a').evaluate((figure) => figure.setAttribute('views', 'raster nonsense'));
  await expect(page.locator('#a').getByText('There is no view “nonsense”')).toBeVisible();
  await expectDigit(page, 'a', 3);
  await expect(page.locator('#a .pad')).toBeHidden();
});

test('a frame of embed.html shows the link, and where to find the page', async ({ page }) => {
  await page.goto('./embed.html#views=verdict+raster&controls=1&theme=dark&v=1&steps=40&seed=9');
  await expect(page.locator('spike-pad figure')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('spike-pad [data-figure]')).toHaveCount(3);
  await expect(page.getByRole('link', { name: 'Open in Spikepad' })).toHaveAttribute('href', './#v=1&steps=40&seed=9');
});

const SCREENS = [
  { name: 'light', use: { colorScheme: /** @type {const} */ ('light') } },
  { name: 'dark', use: { colorScheme: /** @type {const} */ ('dark') } },
  { name: 'phone', use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
];
for (const { name, use } of SCREENS) {
  test.describe(name, () => {
    test.use(use);

    test(`axe finds no violation in a gallery, ${name}`, async ({ page }) => {
      await open(
        page,
        `<h2>One</h2><spike-pad id="a" controls digit="3" loading="eager" group="g"></spike-pad>
<h2>Two</h2><spike-pad id="b" views="picture raster membranes" loading="eager" group="g"><p slot="caption">A caption</p></spike-pad>
<h2>Three</h2><spike-pad id="c" readonly views="pad inside-a-neuron votes-over-time stop-earlier energy" loading="eager" group="g"></spike-pad>`,
      );
      for (const id of ['a', 'b', 'c']) await expectDigit(page, id, 3);
      await expect(page.locator('#c')).toContainText('A proxy');
      expect(await violations(page, { onlyColours: name === 'dark' })).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  });
}

test('a figure with the link of a broken network breaks it, too, and counts what it reads', async ({ page }) => {
  const seven = encodeStrokes(/** @type {any} */ (strokesOf(7)));
  const figure = (/** @type {string} */ id, /** @type {string} */ damage) =>
    `<spike-pad id="${id}" loading="eager" views="stage verdict break-it" link="#v=1&steps=60&draw=${seven}${damage}"></spike-pad>`;
  await open(page, figure('whole', '') + figure('broken', '&break=drop:0.5'));
  const spikes = (/** @type {string} */ id) =>
    page.locator(`#${id}`).evaluate((each) => {
      const { damage, layers } = Reflect.get(each, 'recording') ?? {};
      return layers && { damage, pixels: [...layers[0].neurons].join(), hidden: layers[1].neurons.length };
    });
  await expect.poll(() => spikes('broken')).toMatchObject({ damage: 'drop:0.5' });
  await expect.poll(() => spikes('whole')).toMatchObject({ damage: null });
  const [whole, broken] = [await spikes('whole'), await spikes('broken')];
  // The pixels fire alike, and fewer of their spikes arrive.
  expect(broken.pixels).toBe(whole.pixels);
  expect(broken.hidden).toBeLessThan(whole.hidden);
  // A figure outside the window draws nothing.
  await page.locator('#broken .breaking').scrollIntoViewIfNeeded();
  await expect(page.locator('#broken .breaking')).toHaveAttribute('data-read', /^\d+ \d+$/);
  await page.locator('#broken').getByLabel('Lose spikes').fill('100');
  await expect(page.locator('#broken .breaking')).toHaveAttribute('data-read', /^0 \d+$/);
});
