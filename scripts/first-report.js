// Measures how soon the doctor's first report is there after a file is opened, in Chromium: npm run first-report
// The file is a network of 784-128-10, and the first that a fresh browser opens: nothing that reads files is loaded before the
// user looks for one. It is chosen from the list of networks, or dragged over the page and dropped. Medians count. Fails above
// the bar.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { serve } from './serve.js';

/** @import { Page } from '@playwright/test' */

/** The most time from the choice or the drop of the file to the sentence on its card, ms. */
const BAR = 500;

/** How long the file is dragged over the page, ms: a quick hand. */
const DRAG = 200;

/** Fresh browsers for each way. */
const TURNS = 7;

const ROOT = path.resolve(import.meta.dirname, '..');
const name = 'question-784-128-10.safetensors';
const buffer = await readFile(path.join(ROOT, 'www', 'assets', name));

/** The ways to open the file: each makes the event that begins the measurement. @type {Record<string, (page: Page) => Promise<unknown>>} */
const WAYS = {
  async chosen(page) {
    await page.locator('#network').click();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByText('Open a file…').click()]);
    await chooser.setFiles({ name, mimeType: '', buffer });
  },
  dropped: (page) =>
    page.evaluate(
      async ([name, base64, drag]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
        const send = (/** @type {string} */ type) =>
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        send('dragover');
        await new Promise((done) => setTimeout(done, drag));
        send('drop');
      },
      /** @type {const} */ ([name, buffer.toString('base64'), DRAG]),
    ),
};

/** Runs in the page: the times from the file to its card, and to the report on it, ms. */
async function waitForReport() {
  const began = await new Promise((/** @type {(ms: number) => void} */ done) => {
    for (const type of ['change', 'drop']) addEventListener(type, () => done(performance.now()), { capture: true });
  });
  /** @param {(text: string | undefined) => boolean} isThere */
  const waited = (isThere) =>
    new Promise((/** @type {(ms: number) => void} */ done) => {
      const look = () => {
        if (isThere(document.querySelector('.network-accuracy')?.textContent ?? undefined))
          done(performance.now() - began);
        else requestAnimationFrame(look);
      };
      look();
    });
  return {
    card: await waited((text) => text !== undefined),
    report: await waited((text) => /with spikes \d/.test(text ?? '')),
  };
}

/** @param {string} url @param {(page: Page) => Promise<unknown>} open */
async function measure(url, open) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROME,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  });
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator('main[aria-busy="false"]').waitFor();
  const [times] = await Promise.all([page.evaluate(waitForReport), open(page)]);
  await browser.close();
  return times;
}

/** @param {readonly number[]} times */
const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1];

const server = await serve({ dir: path.join(ROOT, 'dist') });
for (const [way, open] of Object.entries(WAYS)) {
  const times = [];
  for (let turn = 0; turn < TURNS; turn++) times.push(await measure(server.url, open));
  const cards = times.map(({ card }) => card);
  const reports = times.map(({ report }) => report);
  const [most, middle] = [Math.max(...reports), median(reports)].map(Math.round);
  console.log(`${way}: card ${median(cards).toFixed(0)} ms, report ${middle} ms, at most ${most} ms (bar ${BAR} ms)`);
  if (middle > BAR) process.exitCode = 1;
}
server.close();
