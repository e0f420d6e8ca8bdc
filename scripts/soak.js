// Draws a thousand digits in one tab of the built page, and fails where memory grows after the first few hundred:
//   npm run soak [-- --digits 1000]
// Every ten digits it looks at another view. It measures after every hundred digits, after a full collection.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { SAMPLES } from '../tests/samples.js';
import { builtFile } from './built-file.js';
import { serve } from './serve.js';

const { values } = parseArgs({ options: { digits: { type: 'string', default: '1000' } } });
const DIGITS = Number(values.digits);

/** Memory is measured after every so many digits. */
const BATCH = 100;

/** How much the heap may grow from the first three batches to the last three, bytes: compiled code stays there. */
const SLACK = 500_000;

const server = await serve({ dir: path.resolve(import.meta.dirname, '..', 'dist') });
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(server.url);
await page.locator('main[aria-busy="false"]').waitFor();
const session = await page.context().newCDPSession(page);
await session.send('HeapProfiler.enable');

/** Sizes in bytes, and the number of DOM nodes. */
async function memory() {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  const wasm = await page.evaluate(async (glue) => {
    /** @type {{ default: () => Promise<{ memory: WebAssembly.Memory }> }} */
    const simulator = await import(new URL(glue, document.baseURI).href);
    // The module is already initialised: this only returns its exports.
    return (await simulator.default()).memory.buffer.byteLength;
  }, builtFile('pkg/spikepad.js'));
  return { heap: usedSize, wasm, nodes };
}

const box = await page.locator('#pad').boundingBox();
if (!box) throw new Error('The pad is not on the page.');
const { x: left, y: top, width } = box;

/**
 * Sends a mouse event through the browser's protocol: Playwright's own mouse leaves listeners in the page at every move.
 * @param {'mouseMoved' | 'mousePressed' | 'mouseReleased'} type
 * @param {readonly number[]} point on the pad, canvas units
 */
const mouse = (type, [x, y]) =>
  session.send('Input.dispatchMouseEvent', {
    type,
    x: left + (x / 280) * width,
    y: top + (y / 280) * width,
    button: 'left',
    buttons: type === 'mouseReleased' ? 0 : 1,
    clickCount: 1,
  });

/** @param {number} number */
async function drawOne(number) {
  const { strokes } = SAMPLES[number % SAMPLES.length];
  for (const stroke of strokes) {
    await mouse('mousePressed', stroke[0]);
    const path = stroke.filter((_, i) => i % 2 === 1 || i === stroke.length - 1);
    await Promise.all(path.map((point) => mouse('mouseMoved', point)));
    await mouse('mouseReleased', stroke[stroke.length - 1]);
  }
}

const tabs = await page.getByRole('tab').all();
const began = Date.now();
const measured = [];
for (let digit = 1; digit <= DIGITS; digit++) {
  await drawOne(digit);
  if (digit % 10 === 0) await tabs[(digit / 10) % tabs.length].click();
  await page.keyboard.press('c');
  if (digit % BATCH > 0) continue;
  const now = await memory();
  measured.push(now);
  console.log(
    `${String(digit).padStart(5)} digits: heap ${(now.heap / 1e6).toFixed(2)} MB, wasm ${(now.wasm / 1e6).toFixed(2)} MB, ${now.nodes} nodes`,
  );
}
await browser.close();
server.close();
console.log(`in ${Math.round((Date.now() - began) / 1000)} s`);

/** The least of some batches: what remains after a garbage collection varies. @param {readonly { heap: number }[]} some */
const least = (some) => Math.min(...some.map(({ heap }) => heap));
const [first] = measured;
const last = measured[measured.length - 1];
if (!first || last.wasm > first.wasm || least(measured.slice(-3)) > least(measured.slice(0, 3)) + SLACK) {
  console.error(`The memory grew after the first ${3 * BATCH} digits.`);
  process.exitCode = 1;
}
