// The live view of the camera, with the camera that Chromium pretends to have, and every reason why there is none.

/** @import { Page } from '@playwright/test' */

import { CHROMIUM_ARGS } from '../browser/chromium-args.js';
import { violations } from './support/axe.js';
import { open, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';
import { paint } from './support/scenes.js';

test.use({
  launchOptions: {
    executablePath: process.env.CHROME,
    args: [...CHROMIUM_ARGS, '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

/** @param {Page} page */
const cardOf = (page) => page.getByRole('dialog', { name: 'Camera' });

/** @param {Page} page */
async function useCamera(page) {
  await page.locator('#more').click();
  await page.getByRole('button', { name: 'Use the camera' }).click();
}

/**
 * Gives the page a camera that sees a digit in the middle of a sheet, and keeps what it has given in `tracks`.
 * @param {Page} page
 * @param {import('../samples.js').Strokes} strokes
 */
const seeing = (page, strokes) =>
  page.addInitScript((digit) => {
    /** @type {MediaStreamTrack[]} */
    const tracks = [];
    Reflect.set(window, 'tracks', tracks);
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const paint = () => {
        context.fillStyle = '#dcd9d0';
        context.fillRect(0, 0, 640, 480);
        context.lineWidth = 14;
        context.lineCap = 'round';
        for (const [first, ...rest] of digit) {
          context.beginPath();
          context.moveTo(180 + first[0], 100 + first[1]);
          for (const [x, y] of rest) context.lineTo(180 + x, 100 + y);
          context.stroke();
        }
        // Frames come only while the canvas is painted.
        if (tracks.some(({ readyState }) => readyState === 'live')) requestAnimationFrame(paint);
      };
      const stream = canvas.captureStream();
      tracks.push(...stream.getTracks());
      paint();
      return stream;
    };
  }, strokes);

/** @param {Page} page */
const trackStates = (page) =>
  page.evaluate(() =>
    /** @type {MediaStreamTrack[]} */ (Reflect.get(window, 'tracks')).map(({ readyState }) => readyState),
  );

test('is shown, read, and stopped, within the policy of the page', async ({ page }) => {
  await open(page);
  await useCamera(page);
  const card = cardOf(page);
  await expect(card).toContainText('Nothing leaves this device.');
  await expect(card.getByRole('button', { name: 'Take the picture' })).toBeEnabled();
  await expect(card.getByRole('status')).not.toBeEmpty();
  await card.locator('video').evaluate((element) => {
    const { videoWidth, srcObject } = /** @type {HTMLVideoElement} */ (element);
    if (videoWidth === 0) throw new Error('the video is empty');
    Reflect.set(window, 'tracks', /** @type {MediaStream} */ (srcObject).getTracks());
  });
  await card.getByRole('button', { name: 'Close' }).click();
  await expect(card).toHaveCount(0);
  expect(await trackStates(page)).toEqual(['ended']);
});

test('reads what lies in the square, and takes a picture of it', async ({ page }) => {
  await seeing(page, strokesOf(3));
  await open(page);
  await useCamera(page);
  const card = cardOf(page);
  await expect(card.getByRole('status')).toHaveText(/3/);
  await expect(card.locator('.camera-seen canvas')).toBeVisible();
  await card.getByRole('button', { name: 'Take the picture' }).click();
  await expect(card).toHaveCount(0);
  expect(await trackStates(page)).toEqual(['ended']);
  await expect(page.getByRole('region', { name: 'The picture as read' })).toBeVisible();
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '3');
});

test('a photo that a phone takes for the page is read as any other picture', async ({ page }) => {
  await open(page);
  const photo = await paint(page, { digits: [strokesOf(7)], shadow: true });
  await page.locator('#more').click();
  await page.locator('#photo').setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
  await expect(page.locator('#digits-card')).toBeHidden();
  await expect(page.getByRole('region', { name: 'The picture as read' })).toBeVisible();
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '7');
});

test('says that nothing is in the square', async ({ page }) => {
  await seeing(page, []);
  await open(page);
  await useCamera(page);
  await expect(cardOf(page).getByRole('status')).toHaveText('No digit in the square');
  await page.keyboard.press('Escape');
  await expect(cardOf(page)).toHaveCount(0);
  expect(await trackStates(page)).toEqual(['ended']);
});

test('says that the answer keeps changing where no two readings in a row are the same', async ({ page }) => {
  await seeing(page, strokesOf(3));
  await page.addInitScript(() => {
    const own = createImageBitmap;
    let grabbed = 0;
    // Every other picture of the camera is empty.
    Reflect.set(window, 'createImageBitmap', (/** @type {HTMLCanvasElement} */ canvas) => {
      grabbed += 1;
      if (grabbed % 2 === 0) canvas.getContext('2d')?.fillRect(0, 0, canvas.width, canvas.height);
      return own(canvas);
    });
  });
  await open(page);
  await useCamera(page);
  await expect(cardOf(page).getByRole('status')).toHaveText(/keeps changing/);
});

test('does not tell an answer that a link hides', async ({ page }) => {
  await seeing(page, strokesOf(3));
  await open(page, '#hide=answer');
  await useCamera(page);
  await expect(cardOf(page).getByRole('status')).toHaveText('There is a digit in the square');
});

test('is stopped while the page is hidden, and starts again', async ({ page }) => {
  await seeing(page, strokesOf(7));
  await open(page);
  await useCamera(page);
  const card = cardOf(page);
  await expect(card.getByRole('status')).toHaveText(/7/);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
    Reflect.deleteProperty(document, 'hidden');
  });
  await expect(card.getByRole('alert')).toHaveText('The camera was stopped because the page was hidden.');
  expect(await trackStates(page)).toEqual(['ended']);
  await card.getByRole('button', { name: 'Try again' }).click();
  await expect(card.locator('.camera-seen canvas')).toBeVisible();
  await expect(card.getByRole('status')).toHaveText(/7/);
  expect(await trackStates(page)).toEqual(['ended', 'live']);
});

test('a camera that is allowed only after the card was closed is stopped at once', async ({ page }) => {
  await seeing(page, strokesOf(7));
  await page.addInitScript(() => {
    const { getUserMedia } = navigator.mediaDevices;
    const allowed = new Promise((done) => Reflect.set(window, 'allow', done));
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      await allowed;
      return getUserMedia(wanted);
    };
  });
  await open(page);
  await useCamera(page);
  await cardOf(page).getByRole('button', { name: 'Close' }).click();
  await page.evaluate(() => Reflect.get(window, 'allow')());
  await expect.poll(() => trackStates(page)).toEqual(['ended']);
});

/** @type {{ name: string, sentence: string }[]} */
const REFUSALS = [
  { name: 'NotAllowedError', sentence: 'The camera was not allowed.' },
  { name: 'NotFoundError', sentence: 'No camera was found.' },
  { name: 'NotReadableError', sentence: 'If another program or tab uses it' },
  { name: 'insecure', sentence: 'Open the page by https.' },
  { name: 'policy', sentence: 'forbids the camera by a permissions policy' },
];

for (const { name, sentence } of REFUSALS) {
  test(`says why there is no camera, and what to do: ${name}`, async ({ page }) => {
    await page.addInitScript((reason) => {
      navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException('refused', reason === 'policy' ? 'NotAllowedError' : reason);
      };
      if (reason === 'insecure') Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
      if (reason === 'policy')
        Object.defineProperty(document, 'featurePolicy', { value: { allowsFeature: () => false } });
    }, name);
    await open(page);
    await useCamera(page);
    const card = cardOf(page);
    await expect(card.getByRole('alert')).toContainText(sentence);
    await expect(card.getByRole('alert')).toContainText('choose a picture from a file');
    await expect(card.locator('video')).toBeHidden();
    await expect(card.getByRole('button', { name: 'Take the picture' })).toBeDisabled();
    await expect(card.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
}

for (const { name, use } of [
  { name: 'light', use: { colorScheme: /** @type {const} */ ('light') } },
  { name: 'dark', use: { colorScheme: /** @type {const} */ ('dark') } },
  { name: 'phone', use: { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } },
]) {
  test.describe(name, () => {
    test.use(use);

    test(`axe finds no violation in the card, and it is whole in the window, ${name}`, async ({ page }) => {
      await seeing(page, strokesOf(3));
      await open(page);
      await page.locator('#more').click();
      await expect(page.locator('label', { hasText: 'Take a photo' })).toBeVisible({ visible: name === 'phone' });
      await expect(page.locator('#photo')).toHaveAttribute('capture', 'environment');
      await page.getByRole('button', { name: 'Use the camera' }).click();
      await expect(cardOf(page).getByRole('status')).toHaveText(/3/);
      expect(await violations(page, { parts: '.camera', onlyColours: name === 'dark' })).toEqual([]);
      await expect(cardOf(page)).toBeInViewport({ ratio: 1 });
    });
  });
}

test('the code of the camera that does not arrive is said not to have, and is asked for again', async ({
  page,
  watch,
}) => {
  watch.allow(/Failed to load resource|camera-/);
  await page.route('**/camera-*.js', (route) => route.fulfill({ status: 503 }));
  await open(page);
  await useCamera(page);
  await expect(page.locator('#digits-card').getByRole('alert')).toContainText(
    'The part of the page that shows the camera',
  );
});
