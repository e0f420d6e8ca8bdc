// Draws a thousand digits in one tab of the built page, and fails where memory grows after the first few hundred:
//   npm run build && npm run soak [-- --digits 1000]
// Every ten digits it looks at another view. It measures after every hundred digits, after a full collection.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { SAMPLES } from '../tests/samples.js';
import { serve } from './serve.js';

const { values } = parseArgs({ options: { digits: { type: 'string', default: '1000' } } });
const DIGITS = Number(values.digits);

/** How many digits there are between two looks at the memory. */
const LAP = 100;

/** What the heap may grow by between the first three laps and the last three, bytes: code that is compiled stays there. */
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

/** Bytes, and pieces of the document. */
async function memory() {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  const wasm = await page.evaluate(async () => {
    /** @type {{ default: () => Promise<{ memory: WebAssembly.Memory }> }} */
    const simulator = await import(new URL('pkg/spikepad.js', document.baseURI).href);
    // It is there already: this only hands it out.
    return (await simulator.default()).memory.buffer.byteLength;
  });
  return { heap: usedSize, wasm, nodes };
}

const box = await page.locator('#pad').boundingBox();
if (!box) throw new Error('The pad is not on the page.');
const { x: left, y: top, width } = box;

/**
 * What the mouse does, told to the browser itself: Playwright's own mouse leaves listeners in the page at every move.
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
const laps = [];
for (let digit = 1; digit <= DIGITS; digit++) {
  await drawOne(digit);
  if (digit % 10 === 0) await tabs[(digit / 10) % tabs.length].click();
  await page.keyboard.press('c');
  if (digit % LAP > 0) continue;
  const now = await memory();
  laps.push(now);
  console.log(
    `${String(digit).padStart(5)} digits: heap ${(now.heap / 1e6).toFixed(2)} MB, wasm ${(now.wasm / 1e6).toFixed(2)} MB, ${now.nodes} nodes`,
  );
}
await browser.close();
server.close();
console.log(`in ${Math.round((Date.now() - began) / 1000)} s`);

/** The least of some laps: a collection leaves now more, now less. @param {readonly { heap: number }[]} some */
const least = (some) => Math.min(...some.map(({ heap }) => heap));
const [first] = laps;
const last = laps[laps.length - 1];
if (!first || last.wasm > first.wasm || least(laps.slice(-3)) > least(laps.slice(0, 3)) + SLACK) {
  console.error(`The memory grew after the first ${3 * LAP} digits.`);
  process.exitCode = 1;
}
