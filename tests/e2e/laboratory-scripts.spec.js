// The laboratory's scripts for the real frameworks: shown, copied, and saved with their data.

import { readFile } from 'node:fs/promises';
import { readNpy, unzip } from '../unit/support/archive.js';
import { violations } from './support/axe.js';
import { open } from './support/laboratory.js';
import { expect, test } from './support/page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** The files that the dialog saves, by their names. @param {Page} page */
async function saved(page) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save with its data' }).click(),
  ]);
  return unzip(new Uint8Array(await readFile(await download.path())));
}

test('a row of the table, the puzzle and the pair give scripts with their data', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, '#pair=norse,brian2&changes=decode,hidden');
  const dialog = page.getByRole('dialog');
  const code = dialog.locator('pre');

  await test.step('one image, from the table', async () => {
    const button = page.getByRole('button', { name: 'Python for snnTorch Leaky(beta=0.9)' });
    await button.click();
    await expect(dialog.getByRole('heading', { name: 'snnTorch in Python' })).toBeFocused();
    await expect(dialog).toContainText(/Spikepad counts \d+ .* spikes of the outputs, and reads \d/);
    await expect(dialog).toContainText('Copied. It loads snntorch_b090.npz.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent());
    expect(await code.textContent()).toContain('snn.Leaky(beta=0.9, init_hidden=True)');

    const files = await saved(page);
    expect([...files.keys()]).toEqual(['snntorch_b090.py', 'snntorch_b090.npz']);
    const arrays = unzip(files.get('snntorch_b090.npz')?.bytes ?? new Uint8Array());
    expect(readNpy(arrays.get('spikes2.npy')?.bytes ?? new Uint8Array()).shape).toEqual([350, 10]);
    expect(await violations(page, { parts: 'dialog' })).toEqual([]);

    const reads = await dialog.locator('.script-outcome').textContent();
    await dialog.getByRole('spinbutton').fill('4');
    await expect(dialog.locator('.script-outcome')).not.toHaveText(String(reads));
    await dialog.getByRole('spinbutton').fill('10000');
    await expect(dialog).toContainText('There are the test images 0 to 9999.');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(button).toBeFocused();
  });

  await test.step('a set of images, from the puzzle with its changes', async () => {
    await page.getByRole('button', { name: 'Nengo with these changes, in Python' }).click();
    await expect(code).toContainText('nengo.LIF(amplitude=0.005, initial_state');
    await dialog.getByRole('radio', { name: '200 test images' }).check({ force: true });
    await expect(dialog).toContainText(/Spikepad reads \d+\.\d % of 200 test images/, { timeout: 60_000 });
    await expect(code).toContainText('nengo.PoissonSpiking(nengo.RectifiedLinear())');
    const { shape } = readNpy(
      unzip((await saved(page)).get('nengo_seed.npz')?.bytes ?? new Uint8Array()).get('images.npy')?.bytes ??
        new Uint8Array(),
    );
    expect(shape).toEqual([200, 784]);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the digit on the pad, side by side', async () => {
    await page.locator('#pad').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Brian2, this digit in Python' }).click();
    await expect(code).toContainText('NeuronGroup');
    await expect(dialog.getByRole('spinbutton')).toBeHidden();
    const words = String(await dialog.locator('.script-outcome').textContent());
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByText('Spikes of each output', { exact: true }).click();
    const counts = await page.locator('#pair-figures tbody tr td:last-child').allTextContents();
    expect(words).toContain(`counts ${counts.join(' ')} spikes`);
  });
});
