// What a shorter presentation of this drawing would have answered, and how often the answer after as many steps is right on
// MNIST's test digits.

/** @import { Recording, Source } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { fetchJson } from '../simulator/fetch.js';
import { countsAt, leaderAt } from '../simulator/readout.js';
import { make } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { count, percent } from '../ui/number-format.js';
import { createTrouble } from '../ui/trouble.js';
import { classColour } from './class-colour.js';
import { wordsWithout } from './missing.js';
import { createPanel } from './panel.js';
import { createPlot } from './plot.js';
import { createTable } from './table.js';

/** Steps after which the table gives the answer. */
const ASKED = [1, 2, 3, 5, 10, 20, 50, 100, 200, 350];

/** Height of the strip of answers, CSS pixels. */
const STRIP = 28;

/** A part of the strip is labelled with its class if it has this width per character, CSS pixels. */
const CHARACTER = 14;

/**
 * The results of `npm run accuracy -- --page` with the weights and settings that ship.
 * @typedef {object} Accuracy
 * @property {number} images
 * @property {number} seeds
 * @property {[step: number, share: number][]} steps
 */

/** @type {CreateView} */
export function createStopEarlier(root, page) {
  const panel = createPanel(root, page, 'stop-earlier', 'Stop earlier?');
  const { figure, beside, words } = panel;
  const plot = createPlot(
    figure,
    'Lead of the answer against time, over a strip with the class that leads at each step',
    { strip: STRIP },
  );
  const table = createTable('If it were stopped after', ['Steps', 'It says', 'Votes', 'Right on test digits']);
  const source = make('p', { class: 'aside words' });
  beside.append(words, table.element, source);
  let destroyed = false;
  /** @type {Recording | null} */
  let recording = null;
  /** Share of test digits that are right, by the number of steps. @type {Map<number, number>} */
  let accuracy = new Map();
  /** Where the accuracies of the network that is shown are. @type {Source | undefined} */
  let measured;

  function fillTable() {
    const run = recording;
    const steps = run ? [...new Set([...ASKED, run.steps])].filter((step) => step <= run.steps) : [];
    table.fill(
      steps.map((step) => {
        const leader = run && leaderAt(run, step);
        const right = accuracy.get(step);
        const counts = run ? countsAt(run, step) : [];
        return [
          count(step),
          leader ?? 'nothing',
          count(leader === null ? 0 : counts[leader]),
          right === undefined ? '–' : percent(right, 2),
        ];
      }),
    );
  }

  /** @param {Source} url */
  async function loadAccuracy(url) {
    /** @type {Accuracy} */
    const { images, seeds, steps } = await fetchJson('The accuracy on test digits', url);
    if (destroyed || url !== measured) return;
    accuracy = new Map(steps);
    if (steps.length > 0) {
      source.textContent = `Measured on MNIST’s ${count(images)} test digits, the mean of ${seeds} seeds, with the default parameters.`;
    }
    fillTable();
  }

  function fetchAccuracy() {
    const url = measured;
    if (!url) return;
    loadAccuracy(url).catch((error) => {
      if (!destroyed && url === measured) beside.append(createTrouble(messageOf(error), fetchAccuracy));
    });
  }

  /** Takes the accuracies of the network that is shown, if they were measured. */
  function takeAccuracy() {
    if (measured === page.assets.accuracy) return;
    measured = page.assets.accuracy;
    accuracy = new Map();
    source.textContent = '';
    fetchAccuracy();
  }

  /**
   * Draws the class that leads, in its hue, below the plot.
   * @param {Recording} run
   * @param {number} time
   */
  function drawStrip(run, time) {
    const { context, palette } = plot;
    let from = 1;
    for (let step = 1; step <= run.steps; step++) {
      const leader = leaderAt(run, step);
      if (step < run.steps && leaderAt(run, step + 1) === leader) continue;
      const [left, right] = [plot.x(from - 1), plot.x(step)];
      context.fillStyle = leader === null ? palette.rest : classColour(palette, leader);
      context.globalAlpha = from <= time ? 0.9 : 0.3;
      context.fillRect(left, plot.floor + 4, right - left, STRIP - 4);
      context.globalAlpha = 1;
      if (leader !== null && right - left > CHARACTER * String(leader).length) {
        plot.write(String(leader), (left + right) / 2, plot.floor + STRIP / 2 + 3, {
          align: 'center',
          colour: palette.paper,
          weight: 600,
        });
      }
      from = step + 1;
    }
  }

  return {
    show(next) {
      recording = next;
      takeAccuracy();
      fillTable();
    },

    draw(time) {
      if (!recording) {
        plot.begin(0, 1, 1, 'votes ahead of the next class');
        words.textContent = `${wordsWithout(page, 'Draw a digit: most are read after a few steps')}.`;
        return;
      }
      const run = recording;
      const [evidence, title] =
        run.settings.readout === 'membrane'
          ? [potentialsAt, 'potential ahead of the next class, thresholds']
          : [countsAt, 'votes ahead of the next class'];
      const lead = (/** @type {number} */ step) => leadOf(evidence(run, step));
      plot.begin(run.steps, run.settings.dt, Math.max(1, lead(run.steps)) * 1.1, title);
      drawStrip(run, time);
      plot.curve(lead, time, plot.palette.ink, 1.5);
      if (run.verdict.decision && run.verdict.digit !== null) plot.mark(run.verdict.decision.steps, 'could stop');
      plot.cursor(time);
      words.textContent = lastChangeOf(run);
    },

    resize: plot.resize,

    destroy() {
      destroyed = true;
      panel.destroy();
    },
  };
}

/**
 * Potentials of the outputs after a step, in thresholds.
 * @param {Recording} recording
 * @param {number} step
 */
function potentialsAt({ layers, settings }, step) {
  const { membranes, size } = layers[layers.length - 1];
  const last = membranes.subarray(Math.max(0, step - 1) * size, step * size);
  return Array.from({ length: size }, (_, index) => (last[index] ?? 0) / settings.threshold);
}

/**
 * How far the first class is ahead of the second.
 * @param {ArrayLike<number>} evidence one number per class
 */
function leadOf(evidence) {
  const [first, second = 0] = Array.from(evidence).sort((a, b) => b - a);
  return first - second;
}

/** Says since when the answer has been the same. @param {Recording} run */
function lastChangeOf(run) {
  const { digit } = run.verdict;
  let step = run.steps;
  if (digit === null) {
    while (step > 0 && leaderAt(run, step) === null) step -= 1;
    return step === 0
      ? 'It has no answer at any step.'
      : `It has no answer at the end; until step ${count(step)} it said ${leaderAt(run, step)}.`;
  }
  while (step > 1 && leaderAt(run, step - 1) === digit) step -= 1;
  return step === 1
    ? `It says ${digit} from the first step on.`
    : `It says ${digit} from step ${count(step)} on, and stays with it.`;
}
