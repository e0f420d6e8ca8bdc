// Audits the built pages with Lighthouse, as on a phone: npm run audit
// Each category must reach 95 of 100. Of the performance score, the median of three runs counts: the machine's load changes it.
// The first figure of learn.html must be live within a second.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { freePort } from '../tests/free-port.js';
import { serve } from './serve.js';

const ROOT = path.resolve(import.meta.dirname, '..');
const REPORTS = path.join(ROOT, 'test-results', 'audit');

const PAGES = [
  { name: 'pad', path: '' },
  { name: 'laboratory', path: 'laboratory.html' },
  { name: 'bench', path: 'bench.html' },
  { name: 'learn', path: 'learn.html' },
  { name: 'teachers', path: 'teachers.html' },
];

/** The least that a category may score, of 100. */
const LEAST = 95;

/** The most time until the first figure of learn.html is live, ms. */
const FIRST_FIGURE = 1000;

/** How often a page is loaded for its performance. */
const RUNS = 3;

const port = await freePort();
// Compressed, as static hosts send it.
const server = await serve({ dir: path.join(ROOT, 'dist'), port: 0, compress: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROME,
  args: [
    `--remote-debugging-port=${port}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-background-networking',
    '--disable-gpu',
  ],
});
await mkdir(REPORTS, { recursive: true });

/**
 * @param {string} url
 * @param {string[]} onlyCategories
 */
async function audit(url, onlyCategories) {
  const result = await lighthouse(url, { port, onlyCategories, output: 'html', logLevel: 'error' });
  if (!result) throw new Error(`Lighthouse returned no result for ${url}.`);
  return result;
}

/** How long the first figure of learn.html takes to read its digit, in a new tab of this machine, ms. */
async function firstFigure() {
  const page = await browser.newPage();
  await page.goto(`${server.url}learn.html`, { waitUntil: 'commit' });
  const time = await page.evaluate(
    () =>
      new Promise((/** @type {(ms: number) => void} */ done) => {
        const look = () => {
          const verdict = document.querySelector('spike-pad')?.shadowRoot?.querySelector('[data-state]');
          if (/^(running|done)$/.test(verdict?.getAttribute('data-state') ?? '')) done(performance.now());
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  await page.close();
  return Math.round(time);
}

/** @param {number | null} score from 0 to 1 */
const of100 = (score) => Math.round(100 * (score ?? 0));

const failures = [];
for (const { name, path: place } of PAGES) {
  const url = server.url + place;
  const { lhr, report } = await audit(url, ['accessibility', 'best-practices']);
  await writeFile(path.join(REPORTS, `${name}.html`), String(report));
  for (const { title, score, auditRefs } of Object.values(lhr.categories)) {
    const missed = auditRefs
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1)
      .map(({ id }) => lhr.audits[id].title);
    console.log(
      `${name.padEnd(12)}${title.padEnd(16)}${of100(score)}${missed.map((title) => `\n    ${title}`).join('')}`,
    );
    if (of100(score) < LEAST) failures.push(`${title} of the ${name}`);
  }

  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await audit(url, ['performance']));
  const scores = runs.map((each) => of100(each.lhr.categories.performance.score));
  const middle = runs.toSorted(
    (a, b) => of100(a.lhr.categories.performance.score) - of100(b.lhr.categories.performance.score),
  )[(RUNS - 1) / 2];
  await writeFile(path.join(REPORTS, `${name}.performance.html`), String(middle.report));
  const median = of100(middle.lhr.categories.performance.score);
  const metrics = [
    'first-contentful-paint',
    'largest-contentful-paint',
    'total-blocking-time',
    'cumulative-layout-shift',
    'speed-index',
  ];
  console.log(
    `${name.padEnd(12)}${'Performance'.padEnd(16)}${median}, the median of ${scores.join(', ')}\n    ${metrics
      .map((id) => `${middle.lhr.audits[id].title} ${middle.lhr.audits[id].displayValue}`)
      .join('; ')}`,
  );
  if (median < LEAST) failures.push(`Performance of the ${name}`);
}
/** @type {number[]} */
const times = [];
for (let run = 0; run < RUNS; run++) times.push(await firstFigure());
const time = times.toSorted((a, b) => a - b)[(RUNS - 1) / 2];
console.log(`learn       First figure    live after ${time} ms, the median of ${times.join(', ')}`);
if (time > FIRST_FIGURE) failures.push('The time of the first figure of learn');
await browser.close();
server.close();

if (failures.length > 0) {
  console.error(`\nMissed: ${failures.join(', ')}. The reports are in ${path.relative(ROOT, REPORTS)}/.`);
  process.exitCode = 1;
}
