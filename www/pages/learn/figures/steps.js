// How many steps are enough: the accuracy after each number of steps, and what this digit was read as.

/** @import { Recording } from '../../../simulator/types.js' */
/** @import { Figure } from '../types.js' */

import { countsAt, leaderAt } from '../../../simulator/readout.js';
import { percent } from '../../../ui/number-format.js';
import { sentence } from '../fill.js';
import { createPlot } from '../plot.js';

/** The least accuracy that the plot shows. */
const FLOOR = 0.5;

/**
 * @typedef {object} Data
 * @property {readonly (readonly [step: number, share: number])[]} accuracy
 * @property {number | null} answer
 * @property {number | null} decided the step at which it could have stopped
 * @property {readonly number[]} leads of the first output after each step until then, in spikes
 * @property {number} settled the step from which on the answer is the same
 * @property {number} steps
 */

/** The most leads that are listed. */
const LISTED = 12;

/**
 * The lead of the first output over the next one, in spikes; a membrane potential counts as a part of a spike: `Readout::lead` of
 * src/readout.rs.
 * @param {Recording} recording
 * @param {number} step
 */
function leadAt(recording, step) {
  const { layers, settings } = recording;
  const { size, membranes } = layers[layers.length - 1];
  const evidence = Array.from(countsAt(recording, step), (votes, digit) => {
    return votes + membranes[(step - 1) * size + digit] / settings.threshold;
  });
  const [first, second = 0] = evidence.sort((a, b) => b - a);
  return first - second;
}

/** @type {Figure<Data>} */
export const figure = {
  measure({ recording }, { accuracy }) {
    const { verdict, steps } = recording;
    let settled = steps;
    while (settled > 1 && leaderAt(recording, settled - 1) === verdict.digit) settled -= 1;
    const decided = verdict.decision?.steps ?? null;
    const listed = Math.min(steps, LISTED, decided ?? LISTED);
    const leads = Array.from({ length: listed }, (_, at) => leadAt(recording, at + 1));
    return { accuracy, answer: verdict.digit, decided, leads, settled, steps };
  },

  factsOf({ accuracy, decided, leads, settled }, words) {
    const after = Object.fromEntries(accuracy.map(([step, share]) => [`after${step}`, percent(share, 1)]));
    const shares = new Map(accuracy);
    const gain = 100 * ((shares.get(350) ?? 0) - (shares.get(20) ?? 0));
    return {
      ...after,
      ...Object.fromEntries([1, 5, 20, 350].map((n) => [`chance${n}`, Math.sqrt(0.25 / n).toFixed(2)])),
      gain: gain.toFixed(2),
      settled: String(settled),
      stopping: decided === null ? words.notStopping : sentence(words.stopping, { decided: String(decided) }),
      leads: leads.map((lead) => lead.toFixed(3)).join(', '),
      // Within the leads that are listed; 0 for none.
      stops: String(leads.findIndex((lead) => lead >= 2.5) + 1),
    };
  },

  draw({ accuracy, decided, settled, steps }, words) {
    const last = Math.max(steps, accuracy[accuracy.length - 1][0]);
    const plot = createPlot({
      x: { from: 1, to: last, ticks: [1, 2, 5, 10, 20, 50, 100, last], name: words.steps, log: true },
      y: {
        from: FLOOR,
        to: 1,
        ticks: [0.5, 0.75, 1],
        name: words.accuracy,
        say: (share) => `${100 * share} %`,
      },
    });
    plot.curve(accuracy);
    for (const [step, share] of accuracy) plot.dot(step, share);
    plot.upright(settled, 'upright own');
    plot.note(settled, 0.6, words.settled);
    if (decided !== null) {
      plot.upright(decided, 'upright own second');
      plot.note(decided, 0.54, words.decided);
    }
    const list = accuracy.map(([step, share]) => `${step}: ${percent(share, 1)}`).join(', ');
    return plot.html(`${words.label} ${list}`);
  },
};
