// Every view with networks other than the one that ships: other input sizes, other numbers of layers and classes.

import { readFile } from 'node:fs/promises';
import { geometryOf } from '../../www/views/geometry.js';
import { bandsOf } from '../../www/views/raster-layout.js';
import { VIEWS } from '../../www/views/view-table.js';
import { expect, test } from './support/page.js';
import { createInk, createNetwork, present, SETTINGS } from './support/small-network.js';
import { openView, openViews, seek, tableOf } from './support/views-host.js';

/** @typedef {import('@playwright/test').Page} Page */

const NETWORKS = [
  {
    sizes: [196, 20, 15, 10],
    lanes: ['Input', 'Hidden 1', 'Hidden 2', 'Output'],
    captions: ['What it sees 14 × 14', 'Hidden 1 20', 'Hidden 2 15', 'Output'],
  },
  { sizes: [64, 6], lanes: ['Input', 'Output'], captions: ['What it sees 8 × 8', 'Output'] },
  {
    sizes: [100, 30, 24, 16, 13],
    lanes: ['Input', 'Hidden 1', 'Hidden 2', 'Hidden 3', 'Output'],
    captions: ['What it sees 10 × 10', 'Hidden 1 30', 'Hidden 2 24', 'Hidden 3 16', 'Output'],
  },
  {
    sizes: [400, 900, 26],
    lanes: ['Input', 'Hidden', 'Output'],
    captions: ['What it sees 20 × 20', 'Hidden 900', 'Output'],
  },
];

test.use({ viewport: { width: 1600, height: 900 } });

/** @param {Page} page @param {string} selector */
async function boxOf(page, selector) {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`There is no ${selector}.`);
  return box;
}

/**
 * The number of pixels that are painted in a part of the stage.
 * @param {Page} page
 * @param {number} left CSS pixels
 * @param {number} right CSS pixels
 */
function painted(page, left, right) {
  return page.locator('.stage').evaluate(
    (element, [from, to]) => {
      const canvas = /** @type {HTMLCanvasElement} */ (element);
      const pixels = canvas.getContext('2d')?.getImageData(from, 0, to - from, canvas.height).data ?? [];
      return pixels.filter((value, i) => i % 4 === 3 && value > 0).length;
    },
    [Math.ceil(left), Math.floor(right)],
  );
}

const count = (/** @type {number} */ value) => value.toLocaleString('en');
const number = (/** @type {string} */ text) => Number(text.replaceAll(',', '').replace('−', '-'));
const sum = (/** @type {readonly number[]} */ values) => values.reduce((all, each) => all + each, 0);

for (const { sizes, lanes, captions } of NETWORKS) {
  const network = createNetwork(sizes);
  const recording = present(network, createInk(sizes[0]), SETTINGS);
  const { steps, verdict, layers } = recording;
  const last = sizes.length - 1;
  const classes = sizes[last];
  const spikes = layers.map(({ neurons }) => neurons.length);
  const nameOf = (/** @type {number} */ layer, /** @type {number} */ index) =>
    /\d$/.test(lanes[layer]) ? `${lanes[layer]}, neuron ${index}` : `${lanes[layer]} ${index}`;

  test(`every view shows a network of ${sizes.join('-')}`, async ({ page }) => {
    const picture = (/** @type {string} */ name) =>
      page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });
    for (const each of spikes) expect(each).toBeGreaterThan(10);
    expect(verdict.digit).not.toBeNull();
    await openViews(page, sizes);
    await seek(page, steps);
    const stage = await boxOf(page, '.stage');
    const { columns } = geometryOf(stage.width, stage.height, sizes, network);
    /** The number of pixels that are painted between a layer and the next. */
    const between = (/** @type {number} */ layer) => {
      const { left, width } = columns[layer];
      return painted(page, left + width + 2, columns[layer + 1].left - 2);
    };

    await test.step('the stage has a column per layer, and wires between neighbours', async () => {
      await expect(page.locator('.captions .caption:visible')).toHaveText(captions);
      for (let layer = 0; layer < last; layer++) {
        expect(await between(layer), `wires after layer ${layer}`).toBeGreaterThan(100);
      }
      await picture('stage');
    });

    await test.step('pointing at a neuron shows its own wires only, and a click opens it', async () => {
      const layer = Math.min(2, last);
      const index = 3;
      const own = [...layers[layer].neurons].filter((each) => each === index).length;
      await page.mouse.move(stage.x + columns[layer].x[index], stage.y + columns[layer].y[index]);
      await expect(page.locator('.tip')).toHaveText(`${nameOf(layer, index)} · ${own} spikes · click to look inside`);
      for (let before = 0; before < last; before++) {
        const pixels = expect.poll(() => between(before), `wires after layer ${before}`);
        if (before === layer - 1 || before === layer) await pixels.toBeGreaterThan(20);
        else await pixels.toBe(0);
      }
      await page.mouse.down();
      await page.mouse.up();
      await expect(page.getByRole('tab', { name: 'Inside a neuron' })).toHaveAttribute('aria-selected', 'true');
      const select = page.getByRole('combobox', { name: 'Neuron' });
      await expect(select).toHaveValue(layer === last ? `o${index}` : `h${layer}-${index}`);
      await expect(select.locator('option')).toHaveCount(sum(sizes.slice(1)));
      await expect(page.locator('[data-view=why] .words').first()).toContainText(
        `In ${steps} steps it fired ${own} times`,
      );
      await expect(page.locator('[data-view=why] figure:visible')).toHaveCount(layer === 1 ? 2 : 3);
      const rows = (await tableOf(page, 'What pushed it most so far')).slice(1);
      expect(rows.length).toBeGreaterThan(0);
      for (const [from, fired, weight, push] of rows) {
        expect(from).toMatch(layer === 1 ? /^row \d+, column \d+$/ : /^hidden( \d+, neuron)? \d+$/);
        // The table rounds the weight to two decimals.
        expect(Math.abs(number(fired) * number(weight) - number(push))).toBeLessThan(0.006 * number(fired) + 0.006);
      }
      await picture('inside');
      await openView(page, 'Spikes');
    });

    await test.step('the raster has a lane per layer, and its rows are those of the neurons', async () => {
      await expect(page.locator('.lane')).toHaveText(lanes.map((name, i) => `${name}${count(spikes[i])}`));
      await seek(page, 10);
      await expect(page.locator('.lane-count')).toHaveText(layers.map(({ offsets }) => count(offsets[10])));
      const plot = await boxOf(page, '.raster');
      const { bands } = bandsOf(sizes, network, Math.round(plot.height - 22), 1);
      for (const [layer, { top, height, rows, order }] of bands.entries()) {
        await page.mouse.move(plot.x + plot.width / 2, plot.y + top + height / rows / 2);
        await expect(page.locator('.tip')).toContainText(`${nameOf(layer, order[0])}, step`);
      }
      const summary = page.getByText('The spikes of every neuron as a table');
      await summary.click();
      const title = 'Spikes of the whole presentation';
      // The table is filled at the toggle event, which comes after the click.
      await expect.poll(async () => (await tableOf(page, title)).length).toBe(1 + sum(sizes));
      const table = (await tableOf(page, title)).slice(1);
      expect(table.map(([name]) => name)).toEqual(
        sizes.flatMap((size, layer) => Array.from({ length: size }, (_, index) => nameOf(layer, index))),
      );
      expect(sum(table.map(([, spiked]) => number(spiked)))).toBe(sum(spikes));
      await summary.click();
    });

    await test.step('votes, verdict and membranes have a place per class', async () => {
      await seek(page, steps);
      await expect(page.locator('.vote .class')).toHaveText(verdict.counts.map((_, i) => String(i)));
      await expect(page.locator('.vote .count')).toHaveText(verdict.counts.map(String));
      await expect(page.locator('.vote.leads .class')).toHaveText(String(verdict.digit));
      await expect(page.locator('.verdict')).toHaveAttribute('data-digit', String(verdict.digit));
      await expect(page.locator('.verdict')).toHaveAttribute('data-state', 'done');
      const hue = await page.locator('.verdict-digit').evaluate((element) => getComputedStyle(element).color);
      const bar = await page.locator('.vote.leads .bar').evaluate((each) => getComputedStyle(each).backgroundColor);
      expect(hue).toBe(bar);
      await page.getByText('The potentials as a table').click();
      await seek(page, steps);
      const rows = (await tableOf(page, 'Potentials after this step, in thresholds')).slice(1);
      const potentials = layers[last].membranes.subarray((steps - 1) * classes);
      expect(rows.map(([, potential]) => number(potential))).toEqual(
        [...potentials].map((value) => Number(value.toFixed(3))),
      );
    });

    await test.step('the views of the answer count its classes', async () => {
      await openView(page, 'Votes over time');
      expect((await tableOf(page, 'Now')).slice(1).map(([, votes]) => number(votes))).toEqual(verdict.counts);
      const [heads, ...course] = await tableOf(page, 'Votes after each tenth');
      expect(heads).toEqual(['Step', ...verdict.counts.map((_, i) => String(i))]);
      expect(course.at(-1)?.map(number)).toEqual([steps, ...verdict.counts]);

      await openView(page, 'Stop earlier?');
      const stops = (await tableOf(page, 'If it were stopped after')).slice(1);
      expect(stops.at(-1)).toEqual([String(steps), String(verdict.digit), String(Math.max(...verdict.counts)), '–']);

      await openView(page, 'Repeat 100 times');
      await expect(page.locator('[data-seeds]')).toHaveAttribute('data-seeds', '100');
      const groups = (await tableOf(page, 'Over the seeds')).slice(1);
      expect(sum(groups.map(([, times]) => number(times)))).toBe(100);
    });

    await test.step('energy counts one operation for each weight that a spike added', async () => {
      await openView(page, 'Energy');
      const [snn, dense] = (await tableOf(page, 'So far')).slice(1);
      expect(number(snn[1])).toBe(sum(sizes.slice(1).map((size, layer) => size * spikes[layer])));
      expect(number(dense[1])).toBe(sum(sizes.slice(1).map((size, layer) => size * sizes[layer])));
    });

    await test.step('every view of the table shows something', async () => {
      for (const { title } of VIEWS) {
        await openView(page, title);
        await seek(page, 0);
        await seek(page, steps);
        const shown = page.getByRole('tabpanel').filter({ visible: true });
        await expect(shown).toContainText(/\w/);
        await expect(page.locator('.note:visible')).toHaveCount(0);
      }
    });

    await test.step('the exported recording names its layers', async () => {
      await openView(page, 'Export');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'JSON' }).click(),
      ]);
      const run = JSON.parse(await readFile(await download.path(), 'utf8'));
      expect(run.layers.map((/** @type {{ name: string }} */ { name }) => name)).toEqual(
        lanes.map((name) => name.toLowerCase().replace(' ', '_')),
      );
      expect(run.layers.map((/** @type {{ neurons: number }} */ { neurons }) => neurons)).toEqual(sizes);
      expect(run.counts.at(-1)).toEqual(verdict.counts);
      expect(run.digit.flat()).toEqual([...recording.digitInk]);
    });

    await test.step('on a narrow page, hidden layers without room for their captions share one', async () => {
      await page.setViewportSize({ width: 400, height: 800 });
      const hidden = last > 2 ? [`${last - 1} hidden `] : lanes.slice(1, -1);
      await expect(page.locator('.captions .caption:visible')).toHaveText(
        ['What it sees', ...hidden, 'Output'].map((text) => new RegExp(`^${text}`)),
      );
    });

    await test.step('views that are destroyed leave no elements', async () => {
      await page.evaluate(() => Reflect.get(window, 'destroy')());
      for (const root of ['.stage-column', '.votes', '.verdict']) {
        await expect(page.locator(root).locator('*')).toHaveCount(0);
      }
      await expect(page.locator('.views').locator('*:not(.time-line, .scrubber)')).toHaveCount(0);
    });
  });
}
