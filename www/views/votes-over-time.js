// Votes against time: the votes of each class, the step at which the network could stop, and its answer without spikes.

/** @import { Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { countsAt, leaderAt } from '../simulator/readout.js';
import { make } from '../ui/dom.js';
import { count, percent } from '../ui/number-format.js';
import { classColour } from './class-colour.js';
import { wordsWithout } from './missing.js';
import { createPanel } from './panel.js';
import { createPlot } from './plot.js';
import { createTable, folded } from './table.js';

/** Distance between the names of two classes at the ends of their curves, CSS pixels. */
const LINE = 13;

/** Rows of the table of votes over time, one per tenth of the presentation. */
const TENTHS = 10;

/** A table of more classes scrolls. */
const MOST_WITHOUT_SCROLLING = 16;

/** @type {CreateView} */
export function createVotesOverTime(root, page) {
  const panel = createPanel(root, page, 'votes-over-time', 'Votes over time');
  const { figure, beside, words } = panel;
  const plot = createPlot(figure, 'Output spikes so far of every class against time');
  const now = createTable('Now', ['Class', 'Votes', 'Share', 'Without spikes']);
  const course = createTable('Votes after each tenth', ['Step']);
  const scroll = make('div', { class: 'scrolls' }, now.element);
  beside.append(words, scroll);
  figure.append(folded(course.element, 'The votes over time as a table'));
  /** @type {Recording | null} */
  let recording = null;
  let classes = 0;

  /**
   * Draws the curves of the classes that got votes, the leader last.
   * @param {Recording} run
   * @param {number} time
   * @param {number | null} leader
   */
  function drawCurves(run, time, leader) {
    const { counts } = run.verdict;
    const order = [...counts.keys()].sort((a, b) => Number(a === leader) - Number(b === leader));
    for (const index of order) {
      const value = (/** @type {number} */ step) => countsAt(run, step)[index];
      plot.curve(value, time, classColour(plot.palette, index), index === leader ? 2.5 : 1.25);
    }
    // The name of each class is at the end of its curve, except where two names would overlap.
    let lowest = Number.NEGATIVE_INFINITY;
    for (const index of order.sort((a, b) => counts[b] - counts[a] || a - b)) {
      const y = plot.y(counts[index]);
      if (counts[index] === 0 || y < lowest + LINE) continue;
      lowest = y;
      plot.write(String(index), plot.width + 6, y, { colour: classColour(plot.palette, index), weight: 600 });
    }
  }

  /**
   * @param {Recording} run
   * @param {number} step
   */
  function fillNow(run, step) {
    const votes = [...countsAt(run, step)];
    const all = votes.reduce((sum, each) => sum + each, 0);
    now.fill(
      votes.map((each, index) => [
        index,
        count(each),
        all === 0 ? '–' : percent(each / all),
        percent(run.ann.probabilities[index]),
      ]),
    );
  }

  return {
    show(next) {
      recording = next;
      const counts = recording?.verdict.counts ?? [];
      if (recording && counts.length !== classes) {
        classes = counts.length;
        course.setColumns(['Step', ...counts.map((_, index) => String(index))]);
        // What scrolls takes the focus, so that the keyboard can scroll it.
        if (classes > MOST_WITHOUT_SCROLLING) scroll.tabIndex = 0;
        else scroll.removeAttribute('tabindex');
      }
      course.fill(recording ? courseOf(recording) : []);
    },

    draw(time) {
      const most = Math.max(1, ...(recording?.verdict.counts ?? []));
      plot.begin(recording?.steps ?? 0, recording?.settings.dt ?? 1, most, 'spikes so far');
      if (!recording) {
        now.fill([]);
        words.textContent = `${wordsWithout(page, 'Draw a digit: the spikes of each output are counted here as they come')}.`;
        return;
      }
      const step = Math.floor(time);
      const leader = leaderAt(recording, step);
      drawCurves(recording, time, leader);
      const { decision, digit } = recording.verdict;
      if (decision && digit !== null) plot.mark(decision.steps, `could stop: ${decision.digit}`);
      plot.cursor(time);
      fillNow(recording, step);
      const other = recording.ann.digit;
      words.textContent =
        leader === null
          ? `After ${count(step)} steps there is no answer.`
          : `After ${count(step)} steps the answer is ${leader}; without spikes, the same network answers ${other}. ` +
            `They ${leader === other ? 'agree' : 'disagree'}.`;
    },

    resize: plot.resize,
    destroy: panel.destroy,
  };
}

/** @param {Recording} recording */
function courseOf(recording) {
  const steps = Array.from({ length: TENTHS }, (_, i) => Math.round(((i + 1) / TENTHS) * recording.steps));
  return [...new Set(steps)].filter((step) => step > 0).map((step) => [step, ...countsAt(recording, step)]);
}
