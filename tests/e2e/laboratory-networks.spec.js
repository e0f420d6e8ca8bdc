// The laboratory with a network of the reader's own, which was opened on the pad.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { open, settled } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** A network for pictures of 14 x 14 pixels, with biases. */
const FILE = 'k3_S14_with_optimizer.keras';
const FIXTURE = path.join(import.meta.dirname, '..', '..', 'formats', 'tests', 'fixtures', 'keras', FILE);

/** @param {Page} page */
async function openOnPad(page) {
  await open(page);
  await page.locator('#network').click();
  const file = { name: FILE, mimeType: '', buffer: await readFile(FIXTURE) };
  await page.locator('dialog[open] input[type=file]').setInputFiles(file);
  await expect(page.locator('.network-accuracy')).toContainText(/with spikes \d/, { timeout: 60_000 });
  await settled(page);
}

/** @param {Page} page */
async function until(page) {
  await expect(page.locator('#bench-words')).toHaveText('Finished', { timeout: 200_000 });
}

test('table, sweep, puzzle and side by side run with an own network', async ({ page }) => {
  test.setTimeout(400_000);
  await openOnPad(page);
  await page.goto('./laboratory.html');
  const list = page.getByRole('combobox', { name: 'Network' });
  await expect(list).toBeEnabled();
  const digest = await list.locator('option', { hasText: FILE }).getAttribute('value');
  await list.selectOption(String(digest));
  await expect(page.getByRole('button', { name: 'Run the table' })).toBeEnabled();
  expect(page.url()).toContain(`network=${digest}`);

  await test.step('the link names it, and everything runs', async () => {
    await page.reload();
    await expect(list).toHaveValue(String(digest));
    await page.getByLabel('Include variants').uncheck();
    await expect(page.locator('#everything-time')).toContainText(/about \d+ (s|min)/);
    await page.getByRole('button', { name: 'Run everything' }).click();
    await expect(page.locator('#changes tbody tr').last().locator('td').last()).not.toHaveText('–', {
      timeout: 300_000,
    });
    await until(page);
  });

  await test.step('the table', async () => {
    for (const row of await page.locator('tr.default').all()) await expect(row).toHaveAttribute('data-images', '200');
    const accuracyOf = async (/** @type {string} */ dialect) =>
      Number(await page.locator(`tr[data-dialect="${dialect}"] td.strong`).textContent());
    // Its ANN reads the test images nearly as well as Rockpool, whose neurons do not saturate.
    expect(await accuracyOf('keras')).toBeGreaterThan(85);
    expect(Math.abs((await accuracyOf('rockpool')) - (await accuracyOf('keras')))).toBeLessThan(4);
    const waiting = page.waitForEvent('download');
    await page.locator('#table').getByRole('button', { name: 'JSON' }).click();
    const rows = JSON.parse(await readFile(String(await (await waiting).path()), 'utf8'));
    expect(rows.length).toBe(await page.locator('tr.default').count());
    expect(rows[0]).toMatchObject({ dialect: 'keras', images: 200, ties: null });
  });

  await test.step('the doctor’s sentences', async () => {
    const first = page.locator('tr.advice').nth(1);
    await expect(first).toContainText(/^snnTorch: .*the ANN reads \d+\.\d %/, { timeout: 60_000 });
  });

  await test.step('the sweep', async () => {
    await expect(page.locator('#sweep-finding')).toContainText('is most accurate');
    expect(await page.locator('.mark-dot').count()).toBeGreaterThanOrEqual(10);
  });

  await test.step('the puzzle, with the biases of the network', async () => {
    const ann = await page.locator('output[data-figure="ann"]').first().textContent();
    const table = await page.locator('tr[data-dialect="keras"] td.strong').textContent();
    expect(ann).toBe(`${table} %`);
    for (const name of ['pasted', 'counted', 'step', 'mended']) {
      await expect(page.locator(`output[data-figure="${name}"]`).first()).toHaveText(/\d %$/);
    }
    await expect(page.locator('output.unmeasured')).toHaveCount(0);
  });

  await test.step('side by side', async () => {
    await page.locator('#pad').scrollIntoViewIfNeeded();
    await expect(page.locator('#difference')).toContainText(/Step \d+/);
  });

  await test.step('the question’s network takes its place', async () => {
    await list.selectOption('question');
    await expect(page.getByRole('button', { name: 'Run the table' })).toBeEnabled();
    await expect(page.locator('tr[data-dialect="keras"] td.strong')).toHaveText('–');
    await expect(list).toHaveValue('question');
  });
});

test('a link to a network that is not in this browser says so, and another one can be chosen', async ({ page }) => {
  await page.goto('./laboratory.html#network=0123456789abcdef');
  await expect(page.getByRole('alert')).toContainText('0123456789abcdef');
  await page.getByRole('combobox', { name: 'Network' }).selectOption('own');
  await expect(page.getByRole('button', { name: 'Run the table' })).toBeEnabled();
  await expect(page.getByRole('alert')).toBeHidden();
});
