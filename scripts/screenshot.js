// Takes the README's picture of the built page: npm run screenshot

import path from 'node:path';
import { chromium } from '@playwright/test';
import { serve } from './serve.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const PICTURE = path.join(ROOT, 'docs', 'spikepad.png');

/** Where the presentation is stopped: late enough for votes, early enough to see that more will come. */
const STEP = 240;

const { url, close } = await serve({ dir: path.join(ROOT, 'dist') });
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, colorScheme: 'light' });
await page.goto(url);
await page.locator('main[aria-busy="false"]').waitFor();
await page.keyboard.press('3');
await page.locator('#verdict[data-state="done"]').waitFor();
const scrubber = page.locator('#scrubber');
await scrubber.fill(String(STEP));
await scrubber.blur();
await page.locator('#verdict[data-state="running"]').waitFor();
await page.locator('main[aria-busy="false"]').waitFor();
await page.screenshot({ path: PICTURE });
await browser.close();
close();
console.log(`Wrote ${path.relative(ROOT, PICTURE)}.`);
