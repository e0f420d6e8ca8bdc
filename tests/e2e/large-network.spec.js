// Every view of networks that are larger than what fits on the stage neuron by neuron: wide layers, many layers, many
// classes, large pictures.

/** @import { Page } from '@playwright/test' */

import { geometryOf } from '../../www/views/geometry.js';
import { VIEWS } from '../../www/views/view-table.js';
import { expect, test } from './support/page.js';
import { openView, openViews, seek, tableOf } from './support/views-host.js';

const POINT = 'Point at a neuron to see its wires.';

const NETWORKS = [
  { sizes: [784, 1200, 1200, 10], captions: ['What it sees 28 × 28', 'Hidden 1', 'Hidden 2', 'Output'], note: '' },
  {
    sizes: [64, 16_384, 2],
    captions: ['What it sees 8 × 8', 'Hidden 16,384', 'Output'],
    note: `A cell holds up to 2 neurons: the more of them spike, the brighter it is. ${POINT}`,
  },
  {
    sizes: [256, ...new Array(31).fill(20), 26],
    captions: ['What it sees 16 × 16', '31 hidden layers', 'Output'],
    note: POINT,
  },
  { sizes: [4096, 40, 64], captions: ['What it sees 64 × 64', 'Hidden 40', 'Output'], note: '' },
];

/** @param {Page} page the number of pixels by which it is wider than the window */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

for (const { sizes, captions, note } of NETWORKS) {
  const last = sizes.length - 1;
  const name = last > 6 ? `${last} layers` : sizes.join('-');

  test(`every view shows a network of ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await openViews(page, sizes);
    await seek(page, 40);

    await test.step('the stage says what a cell is, and where it shows no wires', async () => {
      await expect(page.locator('.captions .caption:visible')).toHaveText(captions);
      if (note === '') await expect(page.locator('.cells-note')).toBeHidden();
      else await expect(page.locator('.cells-note')).toHaveText(note);
    });

    await test.step('a click on a cell opens one of its neurons', async () => {
      const stage = await page.locator('.stage').boundingBox();
      if (!stage) throw new Error('There is no stage.');
      const { x, y, perCell } = geometryOf(stage.width, stage.height, sizes, null).columns[1];
      await page.mouse.move(stage.x + x[5], stage.y + y[5]);
      await expect(page.locator('.tip')).toContainText(last > 2 ? 'Hidden 1, neuron' : 'Hidden');
      const cell = `most active of the ${perCell} in this cell`;
      await expect(page.locator('.tip')).toHaveText(perCell > 1 ? new RegExp(cell) : /spikes · click to look inside/);
      await page.mouse.down();
      await page.mouse.up();
      await expect(page.getByRole('tab', { name: 'Inside a neuron' })).toHaveAttribute('aria-selected', 'true');
      await expect(page.locator('[data-view=why] .words').first()).toContainText('In 40 steps it fired');
      expect((await tableOf(page, 'What pushed it most so far')).length).toBeGreaterThan(1);
    });

    await test.step('another neuron is chosen by keyboard', async () => {
      const [layers, number] = [page.getByLabel('Layer', { exact: true }), page.getByLabel('Number of the neuron')];
      const neurons = sizes.slice(1).reduce((sum, size) => sum + size, 0);
      if (neurons > 2000) {
        await layers.selectOption('Output');
        await expect(number).toHaveAttribute('max', String(sizes[last] - 1));
        await number.fill('1');
        await number.press('Enter');
        await expect(layers).toHaveValue(String(last));
        await expect(number).toHaveValue('1');
      } else await expect(page.getByLabel('Neuron', { exact: true }).locator('option')).toHaveCount(neurons);
    });

    await test.step('the lanes of the raster do not overlap, and neither do their names', async () => {
      await openView(page, 'Spikes');
      const names = await page
        .locator('.lane')
        .evaluateAll((lanes) => lanes.map((lane) => lane.getBoundingClientRect()));
      expect(names.length).toBe(sizes.length);
      for (const [i, { top }] of names.entries())
        if (i > 0) expect(top).toBeGreaterThanOrEqual(names[i - 1].bottom - 1);
    });

    await test.step('a table of very many neurons has the most active ones', async () => {
      await page.getByText('The spikes of every neuron as a table').click();
      const all = sizes.reduce((sum, size) => sum + size, 0);
      const rows = page.locator('.foot tbody tr');
      await expect(rows).toHaveCount(Math.min(all, 2000));
      if (all <= 2000) return;
      await expect(page.locator('.foot caption')).toContainText(`the 2,000 most active of ${all.toLocaleString('en')}`);
      const counts = (await rows.locator('td').allTextContents()).map(Number);
      expect(counts).toEqual([...counts].sort((a, b) => b - a));
    });

    await test.step('every view shows something, and none is wider than a phone', async () => {
      for (const { title } of VIEWS) {
        await page.setViewportSize({ width: 1280, height: 800 });
        await openView(page, title);
        await seek(page, 60);
        const shown = page.getByRole('tabpanel').filter({ visible: true });
        await expect(shown).toContainText(/\w/);
        expect(await overflow(page), `${title}, 1280 px`).toBe(0);
        await page.setViewportSize({ width: 360, height: 740 });
        expect(await overflow(page), `${title}, 360 px`).toBe(0);
      }
    });
  });
}
