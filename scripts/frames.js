// Measures the built page as a hand draws on it: npm run build && npm run frames [-- --seconds 10]
// Frames on the stage while drawing, how soon a verdict stands after a link is opened, and after the last stroke.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { serve } from './serve.js';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Points a second that the hand reports, about what a mouse or a pen does. */
const POINTS = 120;

/** Frames longer than this are counted, ms. */
const LONG = 32;

/** How often the page is opened anew. */
const OPENED = 5;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });

/** @type {{ label: number, strokes: [number, number][][] }[]} */
const samples = JSON.parse(await readFile(path.join(ROOT, 'www', 'assets', 'samples.json'), 'utf8'));

const { url, close } = await serve({ dir: path.join(ROOT, 'dist') });
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

/**
 * Run in the page before anything of its own: notes when every frame began, when the pen was lifted, and when the
 * verdict changed.
 */
function watch() {
  const seen = { frames: /** @type {number[]} */ ([]), lifted: 0, verdict: 0, answered: 0 };
  Object.assign(window, { seen });
  const frame = (/** @type {number} */ now) => {
    seen.frames.push(now);
    const digit = document.getElementById('verdict')?.dataset.digit;
    if (digit && !seen.verdict) seen.verdict = performance.now();
    if (digit && seen.lifted && !seen.answered) seen.answered = performance.now();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  addEventListener('pointerup', ({ timeStamp }) => Object.assign(seen, { lifted: timeStamp, answered: 0 }), true);
}

/** @typedef {{ frames: number[], lifted: number, verdict: number, answered: number }} Seen */
/** @param {import('@playwright/test').Page} page @returns {Promise<Seen>} */
const seenBy = (page) => page.evaluate(() => /** @type {any} */ (window).seen);

const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
await context.addInitScript(watch);

/** @type {number[]} */
const waits = [];
/** @param {import('@playwright/test').Page} page @param {[number, number][][]} strokes @param {number} until ms */
async function draw(page, strokes, until = Number.POSITIVE_INFINITY) {
  const box = await page.locator('#pad').boundingBox();
  if (!box) throw new Error('The page has no pad.');
  const at = (/** @type {[number, number]} */ [x, y]) =>
    /** @type {const} */ ([box.x + (x / 280) * box.width, box.y + (y / 280) * box.height]);
  let due = performance.now();
  for (const [first, ...rest] of strokes) {
    await page.mouse.move(...at(first));
    await page.mouse.down();
    for (const point of rest) {
      due += 1000 / POINTS;
      await page.mouse.move(...at(point));
      const early = due - performance.now();
      if (early > 0) await new Promise((done) => setTimeout(done, early));
      if (performance.now() > until) break;
    }
    await page.mouse.up();
    if (performance.now() > until) return;
  }
}

const page = await context.newPage();
await page.goto(url);
await page.locator('body:not(.loading)').waitFor();
await draw(page, samples[0].strokes);
await page.waitForTimeout(500);
const before = (await seenBy(page)).frames.length;
const end = performance.now() + 1000 * Number(values.seconds);
for (let i = 0; performance.now() < end; i++) {
  await page.keyboard.press('c');
  await draw(page, samples[i % samples.length].strokes, end);
  await page.waitForFunction(() => /** @type {any} */ (window).seen.answered > 0);
  const { lifted, answered } = await seenBy(page);
  waits.push(answered - lifted);
}
const { frames } = await seenBy(page);
const lengths = frames.slice(before).map((now, i) => now - frames[before + i - 1]);
await page.waitForTimeout(1000);
const link = page.url();
await page.close();

/** @type {number[]} */
const opened = [];
for (let i = 0; i < OPENED; i++) {
  const fresh = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await fresh.addInitScript(watch);
  const visit = await fresh.newPage();
  await visit.goto(link);
  await visit.waitForFunction(() => /** @type {any} */ (window).seen.verdict > 0);
  opened.push((await seenBy(visit)).verdict);
  await fresh.close();
}
await browser.close();
close();

const sum = lengths.reduce((all, each) => all + each, 0);
const ms = (/** @type {number} */ value) => `${value.toFixed(1)} ms`;
const sorted = lengths.toSorted((a, b) => a - b);
console.log(
  `Drawing for ${(sum / 1000).toFixed(1)} s: ${lengths.length} frames, ${((1000 * lengths.length) / sum).toFixed(1)} a second`,
);
console.log(
  `  median ${ms(sorted[Math.floor(sorted.length / 2)])}, 99th percentile ${ms(sorted[Math.floor(sorted.length * 0.99)])}, longest ${ms(Math.max(...lengths))}`,
);
console.log(`  longer than ${LONG} ms: ${lengths.filter((each) => each > LONG).length}`);
console.log(`Verdict after the last stroke: at most ${ms(Math.max(...waits))} over ${waits.length} digits`);
console.log(`First verdict after opening a link, cold: ${opened.map((each) => ms(each)).join(', ')}`);
