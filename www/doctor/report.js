// Shows a report of the doctor: the sentence first, then what it was measured on, accuracy against steps, and the layers.

/** @import { Axis } from '../measuring/axis.js' */
/** @import { DoctorOutcome, DoctorReport } from './types.js' */

import { valueText } from '../measuring/axis.js';
import { createChart } from '../measuring/chart.js';
import { make } from '../ui/dom.js';
import { count, fixed, percent } from '../ui/number-format.js';
import { createTable, folded } from '../views/table.js';
import { scatterOf } from './scatter.js';

/** Layers whose points are shown; of more, all numbers are in the table. */
const SCATTERS = 6;

/** Height of the plot of accuracy against steps, CSS pixels. */
const HEIGHT = 220;

/** Names of the columns of the table of layers. */
const COLUMNS = ['Layer', 'Neurons', 'r', 'Slope', 'Saturated', 'Silent', 'Dead', 'Spikes', 'Synaptic operations'];

const EXPLANATION =
  'A point is one neuron and one digit: its activation in the network without spikes, in the spikes per step that ' +
  'it stands for, against the rate at which it fires. On the line it fires as often as its weights say. r: how ' +
  'closely the points keep to a line (1: exactly). Slope: how steep that line is (1: as the weights say). ' +
  'Saturated: it fires in at least 95 % of the steps in which it may. Silent: it does not fire for the digit. ' +
  'Dead: it fires for no digit. Spikes and synaptic operations are per digit.';

/**
 * The accuracies in one sentence.
 * @param {DoctorReport} report
 */
export function outcomeText({ ann_accuracy: ann, before, after, images, cause }) {
  const stepsOf = (/** @type {DoctorOutcome} */ { steps }) => `${count(steps)} ${steps === 1 ? 'step' : 'steps'}`;
  const mended = cause === 'none' ? '' : `, with the change ${percent(after.accuracy)} in ${stepsOf(after)}`;
  return (
    `It reads ${percent(before.accuracy)} in ${stepsOf(before)}${mended}; without spikes ${percent(ann)}. ` +
    `Measured on ${count(images)} of MNIST’s training digits.`
  );
}

/** @param {HTMLElement} root */
export function createReport(root) {
  const chartBox = make('div', { class: 'chart' });
  const chart = createChart(chartBox, HEIGHT);
  const outcome = make('p', { class: 'doctor-outcome' });
  const key = make(
    'p',
    { class: 'chart-key', 'aria-hidden': 'true' },
    ...Object.entries({ accuracy: 'as it is', after: 'with the change', ann: 'without spikes' }).map(([kind, name]) =>
      make('span', { class: `of-${kind}` }, make('span', { class: `key-line ${kind}` }), name),
    ),
  );
  const layers = createTable('Layers', COLUMNS);
  const scatters = make('div', { class: 'scatters' });
  const tried = createTable('Changes that were tried, each alone', ['Cause', 'Change', 'Accuracy']);
  const triedBox = folded(tried.element, 'Changes that were tried');
  const whole = make(
    'div',
    { class: 'doctor-report' },
    outcome,
    make('h4', {}, 'Accuracy against steps'),
    chartBox,
    key,
    make('h4', {}, 'Layers'),
    scatters,
    make('div', { class: 'scrolls', role: 'region', 'aria-label': 'Layers', tabindex: '0' }, layers.element),
    make('p', { class: 'aside words' }, EXPLANATION),
    triedBox,
  );
  root.append(whole);
  /** @type {DoctorReport | null} */
  let shown = null;

  function drawChart() {
    if (!shown) return;
    const { ann_accuracy: ann, before, curve, curve_after: after } = shown;
    const axis = stepsAxis([...curve, ...after].map(({ steps }) => steps));
    const pointsOf = (/** @type {readonly DoctorOutcome[]} */ outcomes) =>
      outcomes.map(({ steps, accuracy }) => /** @type {const} */ ([axis.placeOf(steps), accuracy]));
    chart.draw({
      axis,
      textOf: valueText,
      curves: [
        ...(after.length > 0 ? [{ kind: /** @type {const} */ ('after'), points: pointsOf(after) }] : []),
        { kind: 'accuracy', points: pointsOf(curve) },
      ],
      marks: [{ name: `now ${before.steps}`, value: before.steps, accuracy: before.accuracy, strong: true }],
      ann,
      regions: ['', '', ''],
    });
  }

  return {
    /** @param {DoctorReport} report */
    show(report) {
      shown = report;
      outcome.textContent = outcomeText(report);
      whole.classList.toggle('mended', report.curve_after.length > 0);
      drawChart();
      scatters.replaceChildren(
        ...report.layers.slice(0, SCATTERS).map((layer, i) => {
          const departs = i === report.departs ? '. Here the spikes depart from the network without spikes' : '';
          const words = `${layer.name}: r ${fixed(layer.r, 3)}, slope ${fixed(layer.slope, 2)}${departs}`;
          return make(
            'figure',
            i === report.departs ? { class: 'departs' } : {},
            scatterOf(layer),
            make('figcaption', {}, words),
          );
        }),
      );
      layers.fill(
        report.layers.map(({ name, neurons, r, slope, saturated, silent, dead, spikes, synops }) => [
          name,
          count(neurons),
          fixed(r, 3),
          fixed(slope, 2),
          ...[saturated, silent, dead].map((share) => percent(share)),
          count(spikes, 1),
          count(Math.round(synops)),
        ]),
      );
      triedBox.hidden = report.tried.length === 0;
      tried.fill(
        report.tried.map(({ cause, settings, accuracy }) => [
          cause.replaceAll('_', ' '),
          flagsText(settings),
          percent(accuracy),
        ]),
      );
    },

    resize: drawChart,

    destroy: () => whole.remove(),
  };
}

/**
 * Flags as they are typed.
 * @param {DoctorReport['settings']} flags
 */
export function flagsText(flags) {
  return Object.entries(flags)
    .flatMap(([name, value]) => {
      if (value === true) return [`--${name}`];
      return [value].flat().map((each) => `--${name} ${each}`);
    })
    .join(' ');
}

/**
 * @param {readonly number[]} steps
 * @returns {Axis}
 */
function stepsAxis(steps) {
  const last = Math.max(...steps, 2);
  return {
    name: 'Steps',
    unit: '',
    places: steps.map(Math.log2),
    finest: 1,
    valueAt: (place) => Math.round(2 ** place),
    placeOf: (value) => Math.log2(Number(value)),
    ticks: [1, 10, 100, 1000, 10_000, 100_000].filter((tick) => tick <= last),
    range: [-0.2, Math.log2(last) + 0.2],
  };
}
