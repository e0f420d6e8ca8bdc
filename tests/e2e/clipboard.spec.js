// Only Chromium lets a test read the clipboard.

import { draw, open, strokesOf } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('copies the link', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await draw(page, strokesOf(1));
  await page.locator('#copy-link').click();
  await expect(page.locator('#note')).toContainText('The link is copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/#.*draw=/);
  expect(copied).toBe(page.url());
});
