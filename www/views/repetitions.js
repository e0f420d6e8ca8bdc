// Chance: the same digit presented over and over, each time with another seed. How often each class wins, and how far.

/** @import { Recording, Verdict } from '../simulator/types.js' */
/** @import { Page, Panel } from './types.js' */

import { count, percent } from '../ui/number-format.js';
import { panel } from './panel.js';
import { createPlot } from './plot.js';
import { createTable } from './table.js';

/** Seeds that are tried: 1, 2, .. */
const SEEDS = 100;

/** How long the page may be kept busy at a time, ms. */
const SLICE = 6;

/** Bars of the histogram of margins. */
const BARS = 40;

/** @type {Panel} */
export function createViews(element, page) {
  const { figure, beside, words } = panel(element, 'Chance');
  const plot = createPlot(figure, 'How often the answer came out how far ahead, over the seeds, by class');
  const table = createTable('Over the seeds', ['It says', 'Times', 'Ahead by, votes a step', 'Sure']);
  beside.append(words, table.element);
  figure.classList.add('timeless');
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Verdict[]} */
  let verdicts = [];
  let turn = 0;
  /** Called when all seeds are through, or not wanted any more. @type {(() => void)[]} */
  let waiting = [];

  function finish() {
    for (const done of waiting) done();
    waiting = [];
  }

  function work() {
    const mine = turn;
    const slice = () => {
      if (mine !== turn || !recording) return;
      const until = performance.now() + SLICE;
      while (verdicts.length < SEEDS && performance.now() < until) {
        verdicts.push(answerTo(recording, verdicts.length + 1, page));
      }
      paint();
      if (verdicts.length < SEEDS) setTimeout(slice, 2 * SLICE);
      else finish();
    };
    // Not while a stroke is being drawn: each of its points is another recording.
    setTimeout(slice, 200);
  }

  function paint() {
    const classes = Array.from({ length: 11 }, (_, i) => (i === 10 ? null : i));
    const rows = classes
      .map((digit) => ({ digit, won: verdicts.filter((verdict) => verdict.digit === digit) }))
      .filter(({ won }) => won.length > 0)
      .sort((a, b) => b.won.length - a.won.length);
    table.fill(
      rows.map(({ digit, won }) => [
        digit ?? 'nothing',
        count(won.length),
        `${low(won).toFixed(3)} to ${high(won).toFixed(3)}`,
        count(won.filter(({ sure }) => sure).length),
      ]),
    );
    element.dataset.seeds = String(verdicts.length);
    if (!recording) words.textContent = 'Draw a digit: here it is shown to the network a hundred times over.';
    else if (verdicts.length < SEEDS) words.textContent = `Seed ${verdicts.length} of ${SEEDS}`;
    else {
      const [{ digit, won }] = rows;
      words.textContent = `With seeds 1 to ${SEEDS} it says ${digit ?? 'nothing'} ${won.length === SEEDS ? 'every time' : `in ${percent(won.length / SEEDS)}`}.`;
    }
    drawBars(rows);
  }

  /** @param {{ digit: number | null, won: Verdict[] }[]} rows */
  function drawBars(rows) {
    const { context, palette } = plot;
    const { from, to } = spanOf(verdicts);
    const barOf = (/** @type {number} */ margin) =>
      Math.min(BARS - 1, Math.floor(((margin - from) / (to - from)) * BARS));
    const stacks = Array.from({ length: BARS }, () => /** @type {(number | null)[]} */ ([]));
    for (const { digit, won } of rows) {
      for (const { margin } of won) stacks[barOf(margin)].push(digit);
    }
    plot.begin(0, 1, Math.max(5, ...stacks.map((stack) => stack.length)), 'seeds');
    const wide = plot.width / BARS;
    for (const [i, stack] of stacks.entries()) {
      for (const [k, digit] of stack.entries()) {
        context.fillStyle = digit === null ? palette.rest : palette.classes[digit];
        context.fillRect(i * wide + 1, plot.y(k + 1), wide - 2, Math.max(1, plot.y(k) - plot.y(k + 1) - 0.5));
      }
    }
    const foot = plot.floor + 22;
    plot.write(from.toFixed(2), 0, foot, { base: 'bottom' });
    plot.write('votes ahead of the next class, a step', plot.width / 2, foot, { align: 'center', base: 'bottom' });
    plot.write(to.toFixed(2), plot.width, foot, { align: 'right', base: 'bottom' });
    const shown = recording?.verdict.margin ?? Number.NaN;
    if (!recording || !(shown >= from && shown <= to)) return;
    plot.mark((shown - from) / (to - from), `seed ${recording.settings.seed}`, 'left');
  }

  return [
    {
      show(next) {
        const same = next && recording && sameBut(next, recording);
        recording = next;
        if (same) return paint();
        turn += 1;
        verdicts = [];
        finish();
        paint();
        if (next) work();
      },
      settled() {
        if (!recording || verdicts.length === SEEDS) return Promise.resolve();
        return new Promise((done) => waiting.push(done));
      },
      draw() {},
      resize() {
        plot.resize();
        paint();
      },
    },
  ];
}

/**
 * @param {Recording} recording
 * @param {number} seed
 * @param {Page} page
 */
function answerTo({ digitInk, settings }, seed, page) {
  return page.answer(digitInk, { ...settings, seed });
}

/**
 * Are two recordings of the same digit and the same settings, but for the seed?
 * @param {Recording} a
 * @param {Recording} b
 */
function sameBut(a, b) {
  const settings = (/** @type {Recording} */ run) => JSON.stringify({ ...run.settings, seed: 0 });
  return a.digitInk.every((ink, i) => ink === b.digitInk[i]) && settings(a) === settings(b);
}

/**
 * What the axis of margins spans: from 0, or only where they lie, if that is far from 0.
 * @param {readonly Verdict[]} verdicts
 */
function spanOf(verdicts) {
  const most = Math.max(0.05, high(verdicts));
  const least = verdicts.length > 0 ? low(verdicts) : 0;
  const room = Math.max(0.02, (most - least) / 4);
  const from = least > most / 2 ? Math.max(0, least - room) : 0;
  return { from: Math.floor(from * 50) / 50, to: Math.ceil((most + room) * 50) / 50 };
}

/** @param {readonly Verdict[]} verdicts */
function high(verdicts) {
  return Math.max(0, ...verdicts.map(({ margin }) => margin));
}

/** @param {readonly Verdict[]} verdicts */
function low(verdicts) {
  return Math.min(...verdicts.map(({ margin }) => margin));
}
