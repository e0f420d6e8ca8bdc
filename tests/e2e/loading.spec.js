import { draw, strokesOf, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

const PARTS = [
  { what: 'the simulator’s module', url: '**/pkg/spikepad.js*', message: 'The simulator could not be loaded' },
  { what: 'the simulator’s wasm', url: '**/pkg/spikepad_bg.wasm', message: 'The simulator could not be loaded' },
  { what: 'the weights', url: '**/assets/*.safetensors', message: 'The network’s weights could not be loaded' },
];

for (const { what, url, message } of PARTS) {
  for (const failure of ['never comes', 'is not found']) {
    test(`says so when ${what} ${failure}, still draws, and tries again`, async ({ page, watch }) => {
      watch.allow(/Failed to load resource/);
      await page.route(url, (route) => (failure === 'never comes' ? route.abort() : route.fulfill({ status: 404 })));
      await page.goto('./');
      await expect(page.getByRole('alert')).toContainText(message);

      // What is drawn now is read once the rest is here.
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
}

test('names weights that are damaged', async ({ page }) => {
  await page.route('**/assets/*.safetensors', (route) => route.fulfill({ body: 'not a network' }));
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('The network’s weights could not be loaded: not a readable');
});

test('moves nothing when the rest has come', async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.set(window, 'shift', 0);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        Reflect.set(window, 'shift', Reflect.get(window, 'shift') + Reflect.get(entry, 'value'));
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('./');
  await page.locator('body:not(.loading)').waitFor();
  await page.waitForFunction(() => document.fonts.status === 'loaded');
  await draw(page, strokesOf(8));
  await expect(verdict(page)).toHaveAttribute('data-state', 'done');
  expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBeLessThan(0.01);
});
