import { draw, lanes, open, strokesOf, toEnd } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('says what a value must be, and keeps the one in force', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
  const before = await lanes(page);
  await page.getByRole('tab', { name: 'Parameters' }).click();
  const field = page.getByRole('textbox', { name: 'Threshold' });
  await field.fill('none');
  await field.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('This must be a positive number.')).toBeVisible();
  await page.getByRole('tab', { name: 'Spikes' }).click();
  expect(await lanes(page)).toEqual(before);
});
