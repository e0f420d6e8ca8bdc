import { draw, open, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('following another link takes everything back that it does not say', async ({ page }) => {
  await page.goto('./#steps=50&threshold=2&speed=10&loop=true&frame=drawn');
  await page.locator('body:not(.loading)').waitFor();
  await page.keyboard.press('4');
  await expect(page.locator('.time-steps')).toHaveText('of 50');
  await expect(page.locator('.speed-value')).toHaveText('10×');
  await expect(page.getByRole('button', { name: 'Loop' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('combobox', { name: 'Fitted' })).toHaveValue('drawn');
  await page.evaluate(() => {
    location.hash = '#steps=60';
  });
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  await page.keyboard.press('4');
  await toEnd(page);
  await expect(page.locator('.time-steps')).toHaveText('of 60');
  await expect(page.locator('.speed-value')).toHaveText('1×');
  await expect(page.getByRole('combobox', { name: 'Fitted' })).toHaveValue('mnist');
});

test('takes off the page what a link hides, keys included, and keeps it off in the next link', async ({ page }) => {
  await page.goto('./#hide=samples,seed,parameters,verdict');
  await page.locator('body:not(.loading)').waitFor();
  for (const name of ['Draw a sample 3', 'New seed']) await expect(page.getByRole('button', { name })).toBeHidden();
  await expect(page.getByRole('tab', { name: 'Parameters' })).toBeHidden();
  await expect(page.getByRole('heading', { name: 'It reads' })).toBeHidden();
  await page.keyboard.press('3');
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  await draw(page, strokesOf(3));
  await expect.poll(() => page.url()).toMatch(/draw=.*hide=samples,seed,parameters,verdict$/);
});

test('a view that a link hides is not the one it shows', async ({ page }) => {
  await page.goto('./#view=energy&hide=energy');
  await page.locator('body:not(.loading)').waitFor();
  await expect(page.getByRole('tab', { name: 'Spikes' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('#view-energy')).toBeHidden();
});

test('copies the link', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await draw(page, strokesOf(1));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.locator('#note')).toContainText('The link is copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/#draw=/);
  expect(copied).toBe(page.url());
});
