// What the page says follows from one state: no sentence is about what was there before, or contradicts another one.

import { choose, draw, open, settled, strokesOf, toEnd, verdict, views } from './support/drawing.js';
import { give } from './support/images.js';
import { expect, test } from './support/page.js';
import { point } from './support/pointers.js';

/** @import { Page } from '@playwright/test' */

const TEXT_FILE = { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') };

/** What ends a note about a picture. @type {{ what: string, act: (page: Page) => Promise<unknown> }[]} */
const NEXT = [
  { what: 'a picture', act: (page) => give(page, 'bar.png', { bar: true }) },
  { what: 'a stroke', act: (page) => draw(page, [strokesOf(1)[0]]) },
  { what: 'a sample', act: (page) => page.keyboard.press('1') },
];

for (const { what, act } of NEXT) {
  test(`a note about a file goes with ${what} that comes next`, async ({ page }) => {
    await open(page);
    const note = page.locator('#note');
    await page.setInputFiles('#file', TEXT_FILE);
    await expect(note).toContainText('This file is not a picture.');
    await act(page);
    await toEnd(page);
    await expect(verdict(page)).toHaveAttribute('data-digit', '1');
    await expect(note).toBeHidden();
  });
}

test('a note about a link goes with a link that can be read', async ({ page }) => {
  await open(page, '#nothing=1');
  await expect(page.locator('#note')).toContainText('Part of this link could not be read.');
  await page.evaluate(() => {
    location.hash = '#steps=60';
  });
  await expect(page.locator('#note')).toBeHidden();
});

test('settings that the simulator refuses are said to be refused, in every view, until others are taken', async ({
  page,
}) => {
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
  await page.evaluate(async () => {
    const files = performance.getEntriesByType('resource').map(({ name }) => name);
    const { Model } = await import(String(files.find((name) => /\/pkg\/spikepad[^/]*\.js/.test(name))));
    const { present } = Model.prototype;
    Model.prototype.present = function (/** @type {any} */ digit, /** @type {any} */ settings) {
      if (settings.steps === 77) throw new Error('a recording of 77 steps of 922 neurons is too large');
      return present.call(this, digit, settings);
    };
  });
  await choose(page, 'parameters');
  await page.locator('#parameter-steps').fill('77');
  await page.locator('#parameter-steps').press('Enter');
  await settled(page, 'refused');
  await expect(page.locator('.verdict-votes')).toHaveText('These settings cannot be simulated');
  await expect(page.locator('.verdict-spoken')).toHaveText('These settings cannot be simulated.');
  await expect(page.locator('#note')).toContainText('a recording of 77 steps');
  for (const view of await views(page)) {
    await choose(page, view);
    await expect(page.getByText('Draw a digit:')).toHaveCount(0);
    await expect(page.getByText('Nothing drawn yet')).toHaveCount(0);
  }
  await choose(page, 'parameters');
  await page.locator('#parameter-steps').fill('78');
  await page.locator('#parameter-steps').press('Enter');
  await settled(page, 'done');
  await expect(verdict(page)).toHaveAttribute('data-digit', '3');
  await expect(page.locator('#note')).toBeHidden();
});

test('a drawing that waits for the network is not said to be missing', async ({ page, watch }) => {
  watch.allow(/Failed to load resource/);
  await page.route('**/assets/*.safetensors', (route) => route.abort());
  await page.goto('./');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.locator('.verdict-votes')).toHaveText('Nothing drawn yet');
  await draw(page, strokesOf(3));
  await expect(page.locator('.verdict-votes')).toHaveText('The network is not loaded yet');
});

/** Settings under which the outputs say little: they never spike, or an early lead is lost. */
const QUIET = [
  'threshold=30',
  'threshold=8&tau=2',
  'rate=3',
  'steps=2',
  'readout=membrane',
  'readout=first&threshold=9',
];

for (const settings of QUIET) {
  test(`the verdict contradicts itself at no step: ${settings}`, async ({ page }) => {
    await open(page, `#${settings}`);
    await draw(page, strokesOf(2));
    await toEnd(page);
    const scrubber = page.locator('#scrubber');
    const steps = Number(await scrubber.getAttribute('max'));
    for (let step = 0; step <= steps; step += Math.max(1, Math.floor(steps / 20))) {
      await scrubber.fill(String(step));
      await settled(page);
      const words = (await page.locator('.verdict-words').innerText()).replace(/\s+/g, ' ');
      const digit = await verdict(page).getAttribute('data-digit');
      const spikes = Number((await page.locator('.lane-count').last().innerText()).replaceAll(',', ''));
      if (/[Nn]o output has spiked/.test(words)) expect(spikes, words).toBe(0);
      if (digit === '') expect(words).not.toMatch(/Could stop|of \d+ votes|By the/);
      else expect(words).not.toMatch(/^No /);
    }
  });
}

test('a pad that is full says so, and all that is on it survives a reload', async ({ page }) => {
  await open(page);
  const moves = Array.from({ length: 12_000 }, (_, i) => {
    const at = /** @type {const} */ ([140 + 100 * Math.sin(i / 9), 140 + 100 * Math.cos(i / 7)]);
    return /** @type {const} */ ({ does: 'move', at, id: 40, type: 'mouse' });
  });
  await point(page, [{ does: 'down', at: [140, 240], id: 40, type: 'mouse' }, ...moves]);
  await expect(page.locator('#note')).toContainText('The pad is full.');
  await point(page, [{ does: 'up', at: [140, 140], id: 40, type: 'mouse' }]);
  await toEnd(page);
  await expect(page).toHaveURL(/draw=/);
  const draw1 = await page.evaluate(() => location.hash);
  await draw(page, [strokesOf(1)[0]]);
  await expect(page.locator('#note')).toContainText('The pad is full.');
  await page.reload();
  await toEnd(page);
  await expect(page.locator('#note')).toBeHidden();
  expect(await page.evaluate(() => location.hash)).toBe(draw1);
  await page.keyboard.press('c');
  await draw(page, [strokesOf(1)[0]]);
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '1');
  await expect(page.locator('#note')).toBeHidden();
});
