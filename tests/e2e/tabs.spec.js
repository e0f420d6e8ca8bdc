import { draw, open, strokesOf, toEnd } from './support/drawing.js';
import { expect, test } from './support/page.js';

test('tabs are chosen by arrows, and time stands still meanwhile', async ({ page }) => {
  await open(page);
  await draw(page, strokesOf(3));
  await toEnd(page);
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
