import { draw, open, strokesOf } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('the page is drawn once a frame, whatever was resized and chosen meanwhile', async ({ page }) => {
  await page.addInitScript(() => {
    const ask = requestAnimationFrame.bind(window);
    /** @type {Map<number, number>} how often something was drawn, by frame */
    const drawn = new Map();
    Reflect.set(window, 'drawn', drawn);
    window.requestAnimationFrame = (draw) =>
      ask((now) => {
        drawn.set(now, (drawn.get(now) ?? 0) + 1);
        draw(now);
      });
  });
  await open(page);
  await draw(page, strokesOf(5));
  await page.keyboard.press('l');
  for (const width of [1240, 1200, 1160, 1120, 1280]) await page.setViewportSize({ width, height: 800 });
  for (const name of ['Energy', 'Inside a neuron', 'Spikes'])
    await page.getByRole('tab', { name, exact: true }).click();

  const most = await page.evaluate(async () => {
    const drawn = /** @type {Map<number, number>} */ (Reflect.get(window, 'drawn'));
    drawn.clear();
    await new Promise((done) => setTimeout(done, 500));
    return Math.max(...drawn.values());
  });
  expect(most).toBe(1);
});
