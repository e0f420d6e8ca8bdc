// Every view is held to the recording by the numbers in its table.

import { draw, lanes, open, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * The cells of a table, row by row.
 * @param {Page} page
 * @param {string} caption
 */
async function cells(page, caption) {
  const rows = page.getByRole('table', { name: caption, exact: true }).locator('tbody tr');
  return rows.evaluateAll((all) =>
    all.map((row) => [.../** @type {HTMLTableRowElement} */ (row).cells].map((cell) => cell.textContent ?? '')),
  );
}

const whole = (/** @type {string} */ text) => Number(text.replaceAll(',', ''));

/**
 * Chooses a view, and waits until it is there and drawn.
 * @param {Page} page
 * @param {string} name
 */
async function choose(page, name) {
  await page.getByRole('tab', { name, exact: true }).click();
  await page.locator('.panel:not([hidden]) :is(canvas, form)').first().waitFor();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** @param {Page} page @param {number} step */
async function seek(page, step) {
  await page.getByRole('slider', { name: 'Time' }).fill(String(step));
  await expect(page.locator('.time-step')).toHaveText(String(step));
}

test.beforeEach(async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(8));
  await toEnd(page);
});

test('votes against time: the counts are those of the bars at every step, and the ANN’s sum up to one', async ({
  page,
}) => {
  await choose(page, 'Votes');
  for (const step of [350, 100, 7, 0]) {
    await seek(page, step);
    const bars = await page.locator('.vote .count').allTextContents();
    await expect.poll(async () => (await cells(page, 'Now')).map(([, votes]) => votes)).toEqual(bars);
  }
  const ann = (await cells(page, 'Now')).map(([, , , p]) => Number(p.replace(' %', '').replace('> ', '')));
  expect(ann.reduce((sum, p) => sum + p, 0)).toBeCloseTo(100, 0);
  await page.getByText('The votes over time as a table').click();
  const course = await cells(page, 'Votes after each tenth');
  expect(course.map(([step]) => Number(step))).toEqual([35, 70, 105, 140, 175, 210, 245, 280, 315, 350]);
  await seek(page, 140);
  const then = await page.locator('.vote .count').allTextContents();
  expect(course[3].slice(1)).toEqual(then);
});

test('fewer steps: says what the verdict says at that step', async ({ page }) => {
  await choose(page, 'Fewer steps');
  const rows = await cells(page, 'If it were stopped after');
  expect(rows.map(([steps]) => Number(steps))).toEqual([1, 2, 3, 5, 10, 20, 50, 100, 200, 350]);
  for (const [steps, says, votes] of rows) {
    await seek(page, Number(steps));
    await expect(page.locator('.verdict-digit')).toHaveText(says === 'nothing' ? '?' : says);
    if (says !== 'nothing') await expect(page.locator('.vote .count').nth(Number(says))).toHaveText(votes);
  }
});

test('energy: an operation is a weight that a spike added', async ({ page }) => {
  for (const step of [350, 20]) {
    await choose(page, 'Spikes');
    await seek(page, step);
    const [input, hidden] = (await lanes(page)).map(whole);
    await choose(page, 'Energy');
    const [snn, dense, sparse] = await cells(page, 'So far');
    expect(whole(snn[1])).toBe(128 * input + 10 * hidden);
    expect(whole(snn[2])).toBe(Math.round((128 * input + 10 * hidden) * 0.0009));
    expect(whole(dense[1])).toBe(784 * 128 + 128 * 10);
    expect(whole(sparse[1])).toBeLessThan(whole(dense[1]));
  }
});

test('chance: a hundred seeds, the first of which is the one that is shown', async ({ page }) => {
  await choose(page, 'Chance');
  await expect(page.locator('#view-chance')).toHaveAttribute('data-seeds', '100');
  const rows = await cells(page, 'Over the seeds');
  expect(rows.reduce((sum, [, times]) => sum + Number(times), 0)).toBe(100);
  expect(rows[0][0]).toBe('8');
  // Another drawing is another hundred.
  await page.keyboard.press('c');
  await draw(page, strokesOf(1));
  await expect.poll(async () => (await cells(page, 'Over the seeds'))[0]?.[0]).toBe('1');
});

test('why: a neuron that is clicked on the stage tells what pushed it', async ({ page }) => {
  const stage = page.locator('#stage');
  const box = await stage.boundingBox();
  if (!box) throw new Error('no stage');
  // The outputs stand at the right edge, one under the other.
  await stage.click({ position: { x: box.width - box.height / 20, y: (8.5 / 10) * box.height } });
  await expect(page.getByRole('tab', { name: 'Why' })).toHaveAttribute('aria-selected', 'true');
  const neuron = page.getByRole('combobox', { name: 'Neuron' });
  await expect(neuron).toHaveValue('o8');
  const votes = await page.locator('.vote .count').nth(8).textContent();
  await expect(page.locator('#view-why .words').first()).toContainText(`it fired ${votes} times`);
  for (const [, spikes, weight, push] of await cells(page, 'What pushed it most so far')) {
    const product = Number(spikes) * Number(weight.replace('−', '-'));
    // The weight is given to two places.
    expect(Math.abs(product - Number(push.replace('−', '-').replace(',', '')))).toBeLessThan(0.006 * Number(spikes));
  }
  await page.getByText('The membrane potential as a table').click();
  await expect.poll(async () => (await cells(page, 'Its membrane after each step')).length).toBe(350);
  const course = await cells(page, 'Its membrane after each step');
  expect(course.filter(([, , fires]) => fires === 'yes').length).toBe(Number(votes));
  await neuron.selectOption('Hidden 5');
  await expect.poll(() => page.url()).toContain('neuron=h5');
  await seek(page, 0);
  await expect(page.locator('#view-why .words').first()).toContainText('In 0 steps it fired 0 times');
  expect(await cells(page, 'What pushed it most so far')).toEqual([]);
  await page.reload();
  await page.locator('body:not(.loading)').waitFor();
  await expect(page.getByRole('combobox', { name: 'Neuron' })).toHaveValue('h5');
});

test('every view stands empty where nothing is drawn', async ({ page }) => {
  await page.keyboard.press('c');
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    const panel = page.locator(`#${await tab.getAttribute('aria-controls')}`);
    await expect(panel).toBeVisible();
  }
});

test('the tables behind the spikes and the membranes hold what the plots show', async ({ page }) => {
  await page.getByText('The spikes of every neuron as a table').click();
  await expect.poll(async () => (await cells(page, 'Spikes of the whole presentation')).length).toBe(784 + 128 + 10);
  const rows = await cells(page, 'Spikes of the whole presentation');
  const sum = (/** @type {string} */ layer) =>
    rows.filter(([name]) => name.startsWith(layer)).reduce((all, [, spikes]) => all + whole(spikes), 0);
  expect(['Input', 'Hidden', 'Output'].map(sum)).toEqual((await lanes(page)).map(whole));
  await page.getByText('The potentials as a table').click();
  await seek(page, 200);
  const votes = await page.locator('.vote .count').allTextContents();
  const potentials = await cells(page, 'Potentials after this step, in thresholds');
  expect(potentials.map(([, , spikes]) => spikes)).toEqual(votes);
  // Nothing stays above its threshold.
  for (const [, potential] of potentials) expect(Number(potential.replace('−', '-'))).toBeLessThan(1.5);
});

test('the raster names the neuron and the step under the pointer, and a double click asks why', async ({ page }) => {
  const plot = page.locator('#raster canvas');
  const box = await plot.boundingBox();
  if (!box) throw new Error('no raster');
  await plot.hover({ position: { x: box.width * 0.5, y: box.height * 0.5 } });
  await expect(page.locator('.tip')).toHaveText(/^Hidden \d+, step 175: (fires|silent); [\d,]+ spikes in all$/);
  const [, index] = /Hidden (\d+)/.exec((await page.locator('.tip').textContent()) ?? '') ?? [];
  await plot.dblclick({ position: { x: box.width * 0.5, y: box.height * 0.5 } });
  await expect(page.getByRole('combobox', { name: 'Neuron' })).toHaveValue(`h${index}`);
});
