// Measures the frames of the built page while a mouse draws on it: npm run frames [-- --seconds 10]
// `npm run latency` measures how soon the page answers.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { serve } from './serve.js';

const ROOT = path.resolve(import.meta.dirname, '..');

/** Points per second that the mouse reports, about as many as a real mouse or pen. */
const POINTS = 120;

/** Frames longer than this are counted, ms. */
const LONG = 32;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });

/** @type {{ label: number, strokes: [number, number][][] }[]} */
const samples = JSON.parse(await readFile(path.join(ROOT, 'www', 'assets', 'samples.json'), 'utf8'));

const { url, close } = await serve({ dir: path.join(ROOT, 'dist') });
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});

/** Runs in the page before the page's own code: records when each frame began. */
function watch() {
  /** @type {number[]} */
  const frames = [];
  Reflect.set(window, 'frames', frames);
  const frame = (/** @type {number} */ now) => {
    frames.push(now);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** @param {import('@playwright/test').Page} page @returns {Promise<number[]>} */
const framesOf = (page) => page.evaluate(() => /** @type {any} */ (Reflect.get(window, 'frames')));

const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
await context.addInitScript(watch);

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
await page.locator('main[aria-busy="false"]').waitFor();
await draw(page, samples[0].strokes);
await page.waitForTimeout(500);
const before = (await framesOf(page)).length;
const end = performance.now() + 1000 * Number(values.seconds);
for (let i = 0; performance.now() < end; i++) {
  await page.keyboard.press('c');
  await draw(page, samples[i % samples.length].strokes, end);
}
const frames = await framesOf(page);
const lengths = frames.slice(before).map((now, i) => now - frames[before + i - 1]);
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
