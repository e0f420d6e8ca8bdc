// Measures how soon the built page answers, in the browser that scripts/setup.sh found: npm run latency
// It measures the time from navigation to the first verdict, the time from the last point of a stroke to the verdict, and
// the work for each point of a stroke; the last two also with the processor slowed six times. The page answers a point in
// the frame that shows it, so its own work for the point, with 350 steps and the verdict, must fit into one frame. The time
// until that frame is painted is reported too, but has no bar: it is much longer without graphics hardware.
// Fails if a bar below is missed. Nothing else should run on the machine.

import path from 'node:path';
import { chromium } from '@playwright/test';
import { strokesOf } from '../tests/samples.js';
import { writeLink } from '../www/state/link.js';
import { INITIAL } from '../www/state/parameters.js';
import { serve } from './serve.js';

/** The most that each median may be, ms. */
const BARS = { first: 1000, verdict: 100, frame: 1000 / 60 };

const RUNS = 15;

/** By what factor the processor is slowed. */
const SLOWED = 6;

const server = await serve({ dir: path.resolve(import.meta.dirname, '..', 'dist') });
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
});

/**
 * Runs in the page before the page's own code. Records when the first verdict was there, and two times for each frame that
 * answers the pen: `own` is the page's work on the events and on the frame, `all` also includes the time until the frame is
 * painted.
 */
function watch() {
  const seen = {
    first: 0,
    lifted: 0,
    verdict: 0,
    moves: { own: /** @type {number[]} */ ([]), all: /** @type {number[]} */ ([]) },
    lifts: { own: /** @type {number[]} */ ([]), all: /** @type {number[]} */ ([]) },
  };
  Reflect.set(window, 'seen', seen);
  const read = () => document.querySelector('#verdict:not([data-digit=""])') !== null;

  /** What happened since the last frame, and for how long the page worked, ms. */
  const since = { moved: false, lifted: false, own: 0 };
  let frame = { now: 0, ended: 0 };
  // A message arrives once the frame in which it was sent is painted.
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    const times = since.lifted ? seen.lifts : since.moved ? seen.moves : null;
    times?.own.push(since.own);
    times?.all.push(since.own + performance.now() - frame.ended);
    Object.assign(since, { moved: false, lifted: false, own: 0 });
    if (read()) {
      seen.first ||= performance.now();
      seen.verdict ||= performance.now();
    }
  };
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    ask((now) => {
      const began = performance.now();
      if (now !== frame.now) painted.port2.postMessage(null);
      callback(now);
      frame = { now, ended: performance.now() };
      since.own += frame.ended - began;
    });

  for (const type of ['pointermove', 'pointerup']) {
    let began = 0;
    // The first and the last listener of an event.
    addEventListener(
      type,
      (event) => {
        began = performance.now();
        if (type === 'pointerup') Object.assign(seen, { lifted: event.timeStamp, verdict: 0 });
      },
      { capture: true },
    );
    addEventListener(type, () => {
      since.own += performance.now() - began;
      since[type === 'pointerup' ? 'lifted' : 'moved'] = true;
    });
  }
}

/** @typedef {{ own: number[], all: number[] }} Times ms */
/** @typedef {{ first: number, lifted: number, verdict: number, moves: Times, lifts: Times }} Seen */

/** @param {string} hash of the page's address */
async function visit(hash) {
  // A new context, so that nothing is cached.
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(server.url + hash);
  await page.locator('main[aria-busy="false"]').waitFor();
  return { page, seen: () => page.evaluate(() => /** @type {Seen} */ (Reflect.get(window, 'seen'))) };
}

/** @param {readonly number[]} times */
function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), most: at(0.95) };
}

/** @type {string[]} */
const missed = [];

/**
 * @param {string} what
 * @param {readonly number[]} times ms
 * @param {number} [bar] ms, for the median
 */
function report(what, times, bar) {
  const { median, most } = summary(times);
  console.log(`${what.padEnd(64)} median ${median.toFixed(1)} ms, 95 % within ${most.toFixed(1)} ms (${times.length})`);
  if (bar && median > bar) missed.push(`${what}: ${median.toFixed(1)} ms, which is more than ${bar.toFixed(1)}`);
}

const first = [];
for (let run = 0; run < RUNS; run++) {
  const digit = run % 10;
  const { page, seen } = await visit(`#${writeLink({ ...INITIAL, strokes: strokesOf(digit) }, [])}`);
  await page.locator('#verdict:not([data-digit=""])').waitFor();
  first.push((await seen()).first);
  await page.context().close();
}
report('from navigation to the first verdict, nothing cached', first, BARS.first);

for (const rate of [1, SLOWED]) {
  const { page, seen } = await visit('');
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  const box = await page.locator('#pad').boundingBox();
  if (!box) throw new Error('The pad is not on the page.');
  const verdicts = [];
  for (let run = 0; run < RUNS; run++) {
    for (const [start, ...rest] of strokesOf(run % 10)) {
      const at = (/** @type {readonly [number, number]} */ [x, y]) =>
        /** @type {const} */ ([box.x + (x / 280) * box.width, box.y + (y / 280) * box.height]);
      await page.mouse.move(...at(start));
      await page.mouse.down();
      for (const point of rest) await page.mouse.move(...at(point));
      await page.mouse.up();
    }
    await page.locator('#verdict:not([data-digit=""])').waitFor();
    await page.waitForFunction(() => Reflect.get(window, 'seen').verdict > 0);
    const { lifted, verdict } = await seen();
    verdicts.push(verdict - lifted);
    await page.keyboard.press('c');
  }
  const { moves, lifts } = await seen();
  const machine = rate === 1 ? '' : `, processor slowed ${rate} times`;
  report(`from the last point of a stroke to the verdict${machine}`, verdicts, rate === 1 ? BARS.verdict : undefined);
  report(`the page's work on a point${machine}`, moves.own, BARS.frame);
  report(`a point's frame until it is painted${machine}`, moves.all);
  report(`the page's work on a lifted pen${machine}`, lifts.own);
  report(`a lifted pen's frame until it is painted${machine}`, lifts.all);
  await page.context().close();
}
await browser.close();
server.close();

if (missed.length > 0) {
  console.error(`\nToo slow: ${missed.join('; ')}.`);
  process.exitCode = 1;
}
