import { draw, lanes, open, strokesOf, toEnd, verdict } from './support/drawing.js';
import { expect, test } from './support/page.js';

/** The address, once it holds what is on the page. @param {import('@playwright/test').Page} page @param {RegExp} has */
async function link(page, has) {
  await expect.poll(() => page.url()).toMatch(has);
  return page.url();
}

test('a link replays the very same spikes elsewhere', async ({ page, browser }) => {
  await open(page);
  await draw(page, strokesOf(5));
  await page.getByRole('button', { name: 'New seed' }).click();
  await page.getByRole('tab', { name: 'Parameters' }).click();
  await page.getByLabel('Steps', { exact: true }).fill('123');
  await page.getByLabel('Steps', { exact: true }).press('Enter');
  await page.getByLabel('Time constant').fill('∞');
  await page.getByLabel('Time constant').press('Enter');
  await page.getByRole('tab', { name: 'Spikes' }).click();
  await toEnd(page);
  const spikes = await lanes(page);
  const url = await link(page, /^(?!.*view=).*steps=123.*draw=/);
  expect(url).toMatch(/steps=123.*tau=inf.*seed=\d+/);

  const elsewhere = await browser.newContext({ viewport: { width: 700, height: 900 } });
  const other = await elsewhere.newPage();
  await other.goto(url);
  await other.locator('body:not(.loading)').waitFor();
  await toEnd(other);
  await expect(other.locator('.time-step')).toHaveText('123');
  expect(await lanes(other)).toEqual(spikes);
  // What was drawn can be drawn on.
  await draw(other, [[[20, 20]]]);
  await toEnd(other);
  expect(await lanes(other)).not.toEqual(spikes);
  await elsewhere.close();
});

test('the address keeps what is drawn over a reload, and a cleared pad leaves nothing in it', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(2));
  await link(page, /draw=/);
  await page.reload();
  await page.locator('body:not(.loading)').waitFor();
  await toEnd(page);
  await expect(verdict(page)).toHaveAttribute('data-digit', '2');
  await page.keyboard.press('c');
  await expect(verdict(page)).toHaveAttribute('data-state', 'empty');
  await expect.poll(() => new URL(page.url()).hash).toBe('');
});

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

const JUNK = [
  { hash: '#nothing', says: '“nothing” is nothing that this page knows' },
  { hash: '#steps=many', says: '“steps” must be a whole number from 1 to 2000' },
  { hash: '#steps=1e99&tau=-1', says: '“tau” must be a number from 0.1 to 10000, or inf' },
  { hash: '#seed=0.5', says: '“seed” must be a whole number' },
  { hash: '#reset=softly', says: '“reset” must be one of subtract, zero' },
  { hash: '#draw=%%%', says: '“draw” must be what this page wrote into a link' },
  { hash: '#draw=____________', says: '“draw” must be' },
  { hash: '#picture=AAAA', says: '“picture” must be' },
  { hash: '#hide=everything', says: 'There is no “everything” to hide' },
  { hash: '#%E0%A4%A=1&=&&===', says: 'is nothing that this page knows' },
];

for (const { hash, says } of JUNK) {
  test(`leaves out of a link what it cannot read: ${hash}`, async ({ page }) => {
    await page.goto(`./${hash}`);
    await page.locator('body:not(.loading)').waitFor();
    await expect(page.locator('#note')).toContainText(says);
    await draw(page, strokesOf(6));
    await toEnd(page);
    await expect(verdict(page)).toHaveAttribute('data-digit', '6');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.locator('#note')).toBeHidden();
  });
}

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
