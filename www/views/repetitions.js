// Presents the same digit many times, each time with another seed: how often each class wins, and by what margin.

/** @import { Network, Recording, Verdict } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { count, fixed, percent } from '../ui/number-format.js';
import { classColour } from './class-colour.js';
import { wordsWithout } from './missing.js';
import { createPanel } from './panel.js';
import { createPlot } from './plot.js';
import { createTable } from './table.js';

/** The seeds that are tried: 1, 2, .. */
const SEEDS = 100;

/** Work runs for `BUSY` ms at a time. `PAUSE` ms follow, in which the page can handle input. */
const BUSY = 6;
const PAUSE = 12;

/** Work begins after the drawing has not changed for this long, ms: while a stroke is drawn, each point changes it. */
const QUIET = 200;

/** A plot narrower than this has no room for the full name of its axis, CSS pixels. */
const NARROW = 340;

/** Bars of the histogram of margins. */
const BARS = 40;

/** The verdicts for one class; null stands for no answer. @typedef {{ digit: number | null, won: Verdict[] }} Group */

/** @type {CreateView} */
export function createRepetitions(root, page) {
  const panel = createPanel(root, page, 'repetitions', 'Repeat 100 times');
  const { figure, beside, words } = panel;
  const plot = createPlot(figure, 'How many seeds gave which class, by how far it was ahead');
  const table = createTable('Over the seeds', ['It says', 'Times', 'Ahead by, votes per step', 'Sure']);
  beside.append(words, table.element);
  figure.classList.add('timeless');
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  /** @type {Verdict[]} */
  let verdicts = [];
  /** Increases when the computation under way is no longer wanted. */
  let generation = 0;
  /** Called when all seeds are done, or no longer wanted. @type {(() => void)[]} */
  let waiting = [];

  function finish() {
    for (const done of waiting) done();
    waiting = [];
  }

  function work() {
    const own = generation;
    const workForAWhile = () => {
      if (own !== generation || !recording) return;
      const { digitInk, settings } = recording;
      const until = performance.now() + BUSY;
      while (verdicts.length < SEEDS && performance.now() < until) {
        verdicts.push(page.answer(digitInk, { ...settings, seed: verdicts.length + 1 }));
      }
      paint();
      if (verdicts.length < SEEDS) setTimeout(workForAWhile, PAUSE);
      else finish();
    };
    setTimeout(workForAWhile, QUIET);
  }

  function paint() {
    const groups = groupsOf(verdicts);
    table.fill(
      groups.map(({ digit, won }) => [
        digit ?? 'nothing',
        count(won.length),
        `${fixed(lowest(won), 3)} to ${fixed(highest(won), 3)}`,
        count(won.filter(({ sure }) => sure).length),
      ]),
    );
    root.dataset.seeds = String(verdicts.length);
    words.textContent = wordsFor(groups);
    drawBars(groups);
  }

  /** @param {Group[]} groups */
  function wordsFor([first]) {
    if (!recording) return `${wordsWithout(page, `Draw a digit: here it is shown to the network ${SEEDS} times`)}.`;
    if (verdicts.length < SEEDS) return `Seed ${verdicts.length} of ${SEEDS}`;
    const { digit, won } = first;
    const often = won.length === SEEDS ? 'every time' : `in ${percent(won.length / SEEDS)}`;
    return `With seeds 1 to ${SEEDS} it says ${digit ?? 'nothing'} ${often}.`;
  }

  /** @param {Group[]} groups */
  function drawBars(groups) {
    const { context, palette } = plot;
    const { from, to } = spanOf(verdicts);
    const stacks = Array.from({ length: BARS }, () => /** @type {(number | null)[]} */ ([]));
    for (const { digit, won } of groups) {
      for (const { margin } of won) {
        stacks[Math.min(BARS - 1, Math.floor(((margin - from) / (to - from)) * BARS))].push(digit);
      }
    }
    plot.begin(0, 1, Math.max(5, ...stacks.map((stack) => stack.length)), 'seeds');
    const barWidth = plot.width / BARS;
    for (const [i, stack] of stacks.entries()) {
      for (const [k, digit] of stack.entries()) {
        context.fillStyle = digit === null ? palette.rest : classColour(palette, digit);
        context.fillRect(i * barWidth + 1, plot.y(k + 1), barWidth - 2, Math.max(1, plot.y(k) - plot.y(k + 1) - 0.5));
      }
    }
    const foot = plot.floor + 22;
    plot.write(fixed(from, 2), 0, foot, { base: 'bottom' });
    const axis = plot.width < NARROW ? 'votes ahead per step' : 'votes ahead of the next class, per step';
    plot.write(axis, plot.width / 2, foot, { align: 'center', base: 'bottom' });
    plot.write(fixed(to, 2), plot.width, foot, { align: 'right', base: 'bottom' });
    const shown = recording?.verdict.margin ?? Number.NaN;
    if (!recording || !(shown >= from && shown <= to)) return;
    plot.mark((shown - from) / (to - from), `seed ${recording.settings.seed}`, 'left');
  }

  return {
    show(next, net) {
      const same = next && recording && net === network && sameExceptSeed(next, recording);
      recording = next;
      network = net;
      if (same) return paint();
      generation += 1;
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

    destroy() {
      generation += 1;
      finish();
      delete root.dataset.seeds;
      panel.destroy();
    },
  };
}

/**
 * Are two recordings of the same digit with the same settings, except for the seed?
 * @param {Recording} a
 * @param {Recording} b
 */
function sameExceptSeed(a, b) {
  const settings = (/** @type {Recording} */ run) => JSON.stringify({ ...run.settings, seed: 0 });
  return (
    a.digitInk.length === b.digitInk.length &&
    a.digitInk.every((ink, i) => ink === b.digitInk[i]) &&
    settings(a) === settings(b)
  );
}

/**
 * The verdicts by class, the most frequent class first. No answer comes after a class that is as frequent.
 * @param {readonly Verdict[]} verdicts
 * @returns {Group[]}
 */
function groupsOf(verdicts) {
  const rank = (/** @type {number | null} */ digit) => digit ?? Number.POSITIVE_INFINITY;
  return [...new Set(verdicts.map(({ digit }) => digit))]
    .map((digit) => ({ digit, won: verdicts.filter((verdict) => verdict.digit === digit) }))
    .sort((a, b) => b.won.length - a.won.length || rank(a.digit) - rank(b.digit));
}

/**
 * The range of the axis of margins: from 0, or only the part that has margins, if that is far from 0.
 * @param {readonly Verdict[]} verdicts
 */
function spanOf(verdicts) {
  const most = Math.max(0.05, highest(verdicts));
  const least = verdicts.length > 0 ? lowest(verdicts) : 0;
  const room = Math.max(0.02, (most - least) / 4);
  const from = least > most / 2 ? Math.max(0, least - room) : 0;
  return { from: Math.floor(from * 50) / 50, to: Math.ceil((most + room) * 50) / 50 };
}

/** @param {readonly Verdict[]} verdicts */
function highest(verdicts) {
  return Math.max(0, ...verdicts.map(({ margin }) => margin));
}

/** @param {readonly Verdict[]} verdicts */
function lowest(verdicts) {
  return Math.min(...verdicts.map(({ margin }) => margin));
}
