// Votes against time: how each class gathers them, when the network could have stopped, and what the ANN makes of it.

/** @import { Recording } from '../simulator/types.js' */
/** @import { Panel } from './types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { count, percent } from '../ui/number-format.js';
import { panel } from './panel.js';
import { createPlot } from './plot.js';
import { createTable, folded } from './table.js';

/** How far classes stand apart at the ends of their curves, CSS pixels. */
const LINE = 13;

/** Rows of the table of votes over time. */
const TENTHS = 10;

const CLASSES = Array.from({ length: 10 }, (_, digit) => String(digit));

/** @type {Panel} */
export function createViews(element) {
  const { figure, beside, words } = panel(element, 'Votes against time');
  const plot = createPlot(figure, 'Output spikes so far of the ten classes against time');
  const now = createTable('Now', ['Class', 'Votes', 'Share', 'ANN twin']);
  const course = createTable('Votes after each tenth', ['Step', ...CLASSES]);
  beside.append(words, now.element);
  figure.append(folded(course.element, 'The votes over time as a table'));
  /** @type {Recording | null} */
  let recording = null;

  return [
    {
      show(next) {
        recording = next;
        course.fill(recording ? courseOf(recording) : []);
      },

      draw(time) {
        const step = Math.floor(time);
        const leader = recording && leaderAt(recording, step);
        plot.begin(
          recording?.steps ?? 0,
          recording?.settings.dt ?? 1,
          Math.max(1, ...(recording?.verdict.counts ?? [])),
          'spikes so far',
        );
        if (!recording) {
          now.fill([]);
          words.textContent = 'Draw a digit: each output’s spikes are counted here as they come.';
          return;
        }
        const run = recording;
        const order = CLASSES.map(Number).sort((a, b) => Number(a === leader) - Number(b === leader));
        for (const digit of order) {
          const value = (/** @type {number} */ at) => countsAt(run, at)[digit];
          plot.curve(value, time, plot.palette.classes[digit], digit === leader ? 2.5 : 1.25);
        }
        const { decision, counts } = run.verdict;
        if (decision) plot.mark(decision.steps, `decided: ${decision.digit}`);
        // Each curve has its class at its end, but for those that would stand on one another.
        let lowest = Number.NEGATIVE_INFINITY;
        for (const digit of CLASSES.map(Number).sort((a, b) => counts[b] - counts[a])) {
          const at = plot.y(counts[digit]);
          if (counts[digit] === 0 || at < lowest + LINE) continue;
          lowest = at;
          plot.write(String(digit), plot.width + 6, at, { colour: plot.palette.classes[digit], weight: 600 });
        }
        plot.cursor(time);

        const votes = [...countsAt(run, step)];
        const all = votes.reduce((sum, each) => sum + each, 0);
        now.fill(
          votes.map((each, digit) => [
            digit,
            count(each),
            all === 0 ? '–' : percent(each / all),
            percent(run.ann.probabilities[digit]),
          ]),
        );
        const agree = leader === run.ann.digit ? 'They agree' : 'They disagree';
        words.textContent =
          leader === null
            ? 'No output has spiked yet.'
            : `After ${count(step)} steps the SNN says ${leader}, the ANN twin says ${run.ann.digit}. ${agree}.`;
      },

      resize: plot.resize,
    },
  ];
}

/** @param {Recording} recording */
function courseOf(recording) {
  const steps = Array.from({ length: TENTHS }, (_, i) => Math.round(((i + 1) / TENTHS) * recording.steps));
  return [...new Set(steps)].filter((step) => step > 0).map((step) => [step, ...countsAt(recording, step)]);
}
