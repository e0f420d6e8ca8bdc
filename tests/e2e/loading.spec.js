// Parts of the page that fail to load, or load late.

import { draw, open, strokesOf, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

const PARTS = [
  {
    what: 'the simulator’s module fails to load',
    url: '**/pkg/spikepad-*.js*',
    failure: 'aborted',
    message: 'The simulator could not be loaded',
  },
  {
    what: 'the simulator’s wasm is not found',
    url: '**/pkg/spikepad_bg-*.wasm',
    failure: 404,
    message: 'The simulator could not be loaded',
  },
  {
    what: 'the weights fail to load',
    url: '**/assets/*.safetensors',
    failure: 'aborted',
    message: 'The network’s weights could not be loaded',
  },
  {
    what: 'the weights are not found',
    url: '**/assets/*.safetensors',
    failure: 404,
    message: 'The network’s weights could not be loaded',
  },
];

for (const { what, url, failure, message } of PARTS) {
  test(`reports that ${what}, accepts strokes meanwhile, and tries again`, async ({ page, watch }) => {
    watch.allow(/Failed to load resource/);
    await page.route(url, (route) => (failure === 404 ? route.fulfill({ status: 404 }) : route.abort()));
    await page.goto('./');
    await expect(page.getByRole('alert')).toContainText(message);

    await draw(page, strokesOf(2));
    await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled();
    await expect(verdict(page)).toHaveAttribute('data-digit', '');
    const again = page.getByRole('button', { name: 'Try again' });
    await again.click();
    await expect(page.getByRole('alert')).toContainText(message);

    await page.unroute(url);
    await again.click();
    await expect(page.getByRole('alert')).toBeHidden();
    await expect(verdict(page)).toHaveAttribute('data-digit', '2');
  });
}

test('reports weights that are damaged', async ({ page }) => {
  await page.route('**/assets/*.safetensors', (route) => route.fulfill({ body: 'not a network' }));
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('The network’s weights could not be loaded: not a readable');
});

test('nothing moves while the page loads', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.set(window, 'shift', 0);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await open(page, '#speed=5');
  await draw(page, strokesOf(8));
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
  expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBeLessThan(0.01);
});
