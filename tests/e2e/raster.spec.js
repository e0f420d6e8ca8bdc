import { draw, open, strokesOf, toEnd } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('a double click on the raster asks why of the neuron that it names', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(8));
  await toEnd(page);
  const plot = page.locator('#raster canvas');
  const box = await plot.boundingBox();
  if (!box) throw new Error('no raster');
  await plot.hover({ position: { x: box.width * 0.5, y: box.height * 0.5 } });
  await expect(page.locator('.tip')).toHaveText(/^Hidden \d+, step 175: (fires|silent); [\d,]+ spikes in all$/);
  const [, index] = /Hidden (\d+)/.exec((await page.locator('.tip').textContent()) ?? '') ?? [];
  await plot.dblclick({ position: { x: box.width * 0.5, y: box.height * 0.5 } });
  await expect(page.getByRole('combobox', { name: 'Neuron' })).toHaveValue(`h${index}`);
});
