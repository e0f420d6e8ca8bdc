import { draw, lanes, open, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

test.beforeEach(async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
});

/** @type {readonly { label: string, to: string, link: string }[]} */
const FIELDS = [
  { label: 'Steps', to: '77', link: 'steps=77' },
  { label: 'Maximum input rate', to: '250', link: 'rate=250' },
  { label: 'Time constant τm', to: '∞', link: 'tau=inf' },
  { label: 'Threshold', to: '1.5', link: 'threshold=1.5' },
  { label: 'Refractory period', to: '3', link: 'refractory=3' },
  { label: 'Time step', to: '0.5', link: 'dt=0.5' },
  { label: 'Seed', to: '9007199254740991', link: 'seed=9007199254740991' },
];

for (const { label, to, link } of FIELDS) {
  test(`runs at once with another value: ${label}`, async ({ page }) => {
    const before = await lanes(page);
    await page.getByRole('tab', { name: 'Parameters' }).click();
    const field = page.getByRole('textbox', { name: label, exact: true });
    const own = await field.inputValue();
    await field.fill(to);
    await field.press('Enter');
    // At the end it was, at the end it stays: the new answer is there without playing.
    await expect(verdict(page)).toHaveAttribute('data-state', 'done');
    await page.getByRole('tab', { name: 'Spikes' }).click();
    await expect.poll(() => lanes(page)).not.toEqual(before);
    await expect.poll(() => page.url()).toContain(link);
    await page.getByRole('tab', { name: 'Parameters' }).click();
    await page.getByRole('button', { name: 'Reset to defaults' }).click();
    await expect(field).toHaveValue(own);
    await page.getByRole('tab', { name: 'Spikes' }).click();
    await expect.poll(() => lanes(page)).toEqual(before);
  });
}

test('resets and normalises otherwise', async ({ page }) => {
  const before = await lanes(page);
  for (const [label, value] of [
    ['Reset', 'zero'],
    ['Normalisation', 'percentile99'],
  ]) {
    await page.getByRole('tab', { name: 'Parameters' }).click();
    await page.getByRole('combobox', { name: label }).selectOption(value);
    await page.getByRole('tab', { name: 'Spikes' }).click();
    await expect.poll(() => lanes(page)).not.toEqual(before);
  }
});

test('says what a value must be, and keeps the one in force', async ({ page }) => {
  const before = await lanes(page);
  await page.getByRole('tab', { name: 'Parameters' }).click();
  const field = page.getByRole('textbox', { name: 'Threshold' });
  await field.fill('none');
  await field.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('This must be a number from 0.01 to 100.')).toBeVisible();
  await page.getByRole('tab', { name: 'Spikes' }).click();
  expect(await lanes(page)).toEqual(before);
});

test('tabs are chosen by arrows, and time stands still meanwhile', async ({ page }) => {
  await page.getByRole('tab', { name: 'Spikes' }).focus();
  await page.keyboard.press('ArrowRight');
  const second = page.getByRole('tab').nth(1);
  await expect(second).toBeFocused();
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(page.getByRole('tab').last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByRole('tab', { name: 'Spikes' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('.time-step')).toHaveText('350');
});
