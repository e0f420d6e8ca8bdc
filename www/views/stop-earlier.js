// Accuracy against time: what a presentation of fewer steps would have answered to this drawing, and how often such an
// answer is right on MNIST's test digits.

/** @import { Recording } from '../simulator/types.js' */
/** @import { Panel } from './types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { count } from '../ui/number-format.js';
import { panel } from './panel.js';
import { createPlot } from './plot.js';
import { createTable } from './table.js';

/** Measured with the weights and settings that ship: `npm run accuracy -- --page`. */
const MEASURED = new URL('../assets/accuracy.json', import.meta.url);

/** Steps after which the table asks. */
const ASKED = [1, 2, 3, 5, 10, 20, 50, 100, 200, 350];

/** Height of the strip of answers, CSS pixels. */
const STRIP = 28;

/** @type {Panel} */
export function createViews(element) {
  const { figure, beside, words } = panel(element, 'Had it stopped sooner');
  const plot = createPlot(
    figure,
    'Lead of the answer against time, over a strip with the class that leads at each step',
    { strip: STRIP },
  );
  const table = createTable('If it were stopped after', ['Steps', 'It says', 'Votes', 'Right on test digits']);
  const source = document.createElement('p');
  source.className = 'aside words';
  beside.append(words, table.element, source);
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Map<number, number>} */
  let accuracy = new Map();

  function fill() {
    const run = recording;
    const steps = run ? [...new Set([...ASKED, run.steps])].filter((step) => step <= run.steps) : [];
    table.fill(
      steps.map((step) => {
        const digit = run && leaderAt(run, step);
        const right = accuracy.get(step);
        const counts = run ? countsAt(run, step) : [];
        return [
          count(step),
          digit ?? 'nothing',
          count(digit === null ? 0 : counts[digit]),
          right === undefined ? '–' : `${(100 * right).toFixed(2)} %`,
        ];
      }),
    );
  }

  fetch(MEASURED)
    .then((response) => response.json())
    .then((/** @type {{ images: number, seeds: number, steps: [number, number][] }} */ { images, seeds, steps }) => {
      accuracy = new Map(steps);
      if (steps.length > 0) {
        source.textContent = `Measured on MNIST’s ${count(images)} test digits, the mean of ${seeds} seeds, with the default parameters.`;
      }
      fill();
    })
    .catch((error) => console.error(error));

  return [
    {
      show(next) {
        recording = next;
        fill();
      },

      draw(time) {
        if (!recording) {
          plot.begin(0, 1, 1, 'votes ahead of the next class');
          words.textContent = 'Draw a digit: most are read after a handful of steps.';
          return;
        }
        const run = recording;
        const [evidence, title] =
          run.settings.readout === 'membrane'
            ? [potentialsAt, 'potential ahead of the next class, thresholds']
            : [countsAt, 'votes ahead of the next class'];
        const lead = (/** @type {number} */ step) => leadOf(evidence(run, step));
        plot.begin(run.steps, run.settings.dt, Math.max(1, lead(run.steps)) * 1.1, title);
        strip(run, time);
        plot.curve(lead, time, plot.palette.ink, 1.5);
        if (run.verdict.decision) plot.mark(run.verdict.decision.steps, 'decided');
        plot.cursor(time);
        words.textContent = lastChange(run);
      },

      resize: plot.resize,
    },
  ];

  /**
   * The class that leads, in its hue, under the plot.
   * @param {Recording} run
   * @param {number} time
   */
  function strip(run, time) {
    const { context, palette } = plot;
    let from = 1;
    for (let step = 1; step <= run.steps; step++) {
      const digit = leaderAt(run, step);
      if (step < run.steps && leaderAt(run, step + 1) === digit) continue;
      const [left, right] = [plot.x(from - 1), plot.x(step)];
      context.fillStyle = digit === null ? palette.rest : palette.classes[digit];
      context.globalAlpha = from <= time ? 0.9 : 0.3;
      context.fillRect(left, plot.floor + 4, right - left, STRIP - 4);
      context.globalAlpha = 1;
      if (digit !== null && right - left > 14) {
        plot.write(String(digit), (left + right) / 2, plot.floor + STRIP / 2 + 3, {
          align: 'center',
          colour: palette.paper,
          weight: 600,
        });
      }
      from = step + 1;
    }
  }
}

/**
 * Potentials of the outputs after a step, in thresholds.
 * @param {Recording} recording
 * @param {number} step
 */
function potentialsAt({ layers, settings }, step) {
  const { membranes, size } = layers[2];
  const last = membranes.subarray(Math.max(0, step - 1) * size, step * size);
  return Array.from({ length: size }, (_, digit) => (last[digit] ?? 0) / settings.threshold);
}

/** @param {ArrayLike<number>} evidence */
function leadOf(evidence) {
  const [first, second] = Array.from(evidence).sort((a, b) => b - a);
  return first - second;
}

/** Since when the answer has stood. @param {Recording} run */
function lastChange(run) {
  const digit = run.verdict.digit;
  if (digit === null) return 'It has no answer at the end, nor would it have had one sooner.';
  let step = run.steps;
  while (step > 1 && leaderAt(run, step - 1) === digit) step -= 1;
  return step === 1
    ? `It says ${digit} from the first step on.`
    : `It says ${digit} from step ${count(step)} on, and stays with it.`;
}
