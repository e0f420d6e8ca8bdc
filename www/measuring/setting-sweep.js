// A sweep over one setting: the accuracy against its values.

/** @import { Axis } from './axis.js' */
/** @import { Measurements } from './test-set.js' */
/** @import { Settings, SettingsResult } from './types.js' */

import { SETTINGS } from '../state/parameters.js';
import { TEXTS } from '../state/settings-texts.js';
import { make, say } from '../ui/dom.js';
import { percent } from '../ui/number-format.js';
import { settingAxis, valueText } from './axis.js';
import { createChart, PLATEAU } from './chart.js';
import { fillTable } from './figures-table.js';
import { imagesText } from './number-words.js';
import { accuracyInterval } from './results.js';
import { createSavers } from './savers.js';
import { pointsOf, runSweep } from './sweep-points.js';

/**
 * The name of a sweep over a factor on the weights of all layers. It acts as a division of the threshold, by which biases and
 * rates are converted, too.
 */
const WEIGHT_SCALE = 'weightScale';

/** What can be swept: settings with an axis, and the scale of the weights. */
export const SWEPT = [
  ...SETTINGS.filter((setting) => settingAxis(setting, TEXTS[setting.name], 1) !== null).map(({ name }) => ({
    name: String(name),
    label: TEXTS[name].label.replace('_', ''),
  })),
  { name: WEIGHT_SCALE, label: 'Weight scale (threshold ÷ scale)' },
];

/** Octaves on both sides of a scale of 1. */
const SCALES = 7;

/** @type {Axis} */
const SCALE_AXIS = {
  name: 'Weight scale, as threshold ÷ scale',
  unit: '',
  places: Array.from({ length: 2 * SCALES + 1 }, (_, i) => i - SCALES),
  finest: 1 / 4,
  valueAt: (place) => Number((2 ** place).toPrecision(4)),
  placeOf: (value) => Math.log2(Number(value)),
  ticks: [0.01, 0.1, 1, 10, 100],
  range: [-SCALES - 0.2, SCALES + 0.2],
};

/**
 * @typedef {object} Sweep
 * @property {string} name of `SWEPT`
 * @property {Settings} settings those in force
 * @property {Axis} axis
 * @property {number | null} now the value in force
 * @property {(value: number | null) => Settings} planAt
 */

/**
 * @param {string} name of `SWEPT`
 * @param {Settings} settings those in force
 * @returns {Sweep}
 */
export function sweepOf(name, settings) {
  if (name === WEIGHT_SCALE) {
    const planAt = (/** @type {number | null} */ scale) => ({
      ...settings,
      threshold: settings.threshold / Number(scale),
    });
    return { name, settings, axis: SCALE_AXIS, now: 1, planAt };
  }
  const setting = SETTINGS.find((each) => each.name === name);
  const now = /** @type {number | null} */ (setting ? settings[setting.name] : null);
  const axis = setting && settingAxis(setting, TEXTS[name], now);
  if (!axis) throw new Error(`There is no sweep over ${name}.`);
  const planAt = (/** @type {number | null} */ value) => /** @type {Settings} */ ({ ...settings, [name]: value });
  return { name, settings, axis, now, planAt };
}

/**
 * The numbers behind the curve, a row for each value.
 * @param {Sweep} sweep
 * @param {(plan: Settings) => SettingsResult | null} resultOf
 */
export function rowsOf(sweep, resultOf) {
  return pointsOf(sweep.axis, (value) => resultOf(sweep.planAt(value))).map(({ value, result }) => {
    const { images, right, annRight, ties, silent, sure, synops } = result;
    const [low, high] = accuracyInterval(result);
    return {
      [sweep.name]: value === null ? 'inf' : value,
      images,
      accuracy: right / images,
      accuracyLow: low,
      accuracyHigh: high,
      annAccuracy: annRight / images,
      ties: ties / images,
      silent: silent / images,
      sure: sure / images,
      synopsPerImage: synops / images,
    };
  });
}

/** @param {HTMLElement} root */
export function createSettingSweep(root) {
  const chartBox = make('div', { class: 'chart' });
  const chart = createChart(chartBox);
  const finding = make('p', { class: 'finding' });
  const key = make(
    'p',
    { class: 'chart-key', 'aria-hidden': 'true' },
    ...['accuracy', 'silent', 'ties', 'ann'].map((kind) =>
      make('span', {}, make('span', { class: `key-line ${kind}` }), kind === 'ann' ? 'without spikes' : kind),
    ),
  );
  const figures = make('table', { class: 'numbers' });
  const save = make('div', { class: 'save' });
  const scroll = make(
    'div',
    { class: 'scrolls', role: 'region', 'aria-label': 'Numbers of the sweep', tabindex: '0' },
    figures,
  );
  const more = make('details', {}, make('summary', {}, 'The numbers behind the curve'), scroll);
  const whole = make('div', { class: 'swept', hidden: '' }, finding, chartBox, key, save, more);
  root.append(whole);
  /** @type {Sweep | null} */
  let shown = null;
  /** @type {Measurements | null} */
  let source = null;
  let drawnState = '';

  const savers = createSavers(save, {
    name: () => `spikepad-sweep-${shown?.name}`,
    rows: () => (shown && source ? rowsOf(shown, source.resultOf) : []),
    picture: () => chartBox.querySelector('svg'),
    title: () => String(finding.textContent),
  });

  /** @param {boolean} [resized] */
  function draw(resized = false) {
    if (!shown || !source) return;
    const { axis, settings, name, now, planAt } = shown;
    const { resultOf } = source;
    const points = pointsOf(axis, (value) => resultOf(planAt(value)));
    const state = JSON.stringify([name, points.map(({ value, result }) => [value, result.images])]);
    if (state === drawnState && !resized) return;
    drawnState = state;
    const own = resultOf(settings);
    const sharesOf = (/** @type {SettingsResult} */ { images, right, ties, silent }) => ({
      accuracy: right / images,
      ties: ties / images,
      silent: silent / images,
    });
    chart.draw({
      axis,
      textOf: valueText,
      curves: /** @type {const} */ (['ties', 'silent', 'accuracy']).map((kind) => ({
        kind,
        points: points.map(({ place, result }) => [place, sharesOf(result)[kind]]),
      })),
      marks: [{ name: `now ${valueText(now)}`, value: now, accuracy: own && own.right / own.images, strong: true }],
      ann: points[0] ? points[0].result.annRight / points[0].result.images : null,
      regions: ['', 'best', ''],
    });
    say(finding, findingOf(shown, points));
    savers.enable(points.length > 0);
    fillTable(
      figures,
      [axis.name, 'Accuracy', 'Ties', 'Silent', 'Images'],
      points.map(({ value, result }) => {
        const { accuracy, ties, silent } = sharesOf(result);
        return [valueText(value), ...[accuracy, ties, silent].map((each) => percent(each)), String(result.images)];
      }),
    );
  }

  return {
    draw,

    /**
     * Measures a sweep, and shows it while it is being measured.
     * @param {Sweep} sweep
     * @param {Measurements} measurements
     * @param {number} count images
     */
    run(sweep, measurements, count) {
      shown = sweep;
      source = measurements;
      whole.hidden = false;
      drawnState = '';
      draw();
      return runSweep(sweep.axis, {
        planAt: sweep.planAt,
        resultOf: measurements.resultOf,
        measure: async (plans) => shown === sweep && measurements.measure(plans, count),
      });
    },

    /** There is another network: forgets the sweep. */
    clear() {
      shown = null;
      whole.hidden = true;
    },

    destroy() {
      shown = null;
      whole.remove();
    },
  };
}

/**
 * @param {Sweep} sweep
 * @param {readonly import('./sweep-points.js').Point<SettingsResult>[]} points
 */
function findingOf({ axis }, points) {
  if (points.length < 3) return `${axis.name}: being measured.`;
  const accuracies = points.map(({ result }) => result.right / result.images);
  const best = Math.max(...accuracies);
  const good = points.filter((_, i) => accuracies[i] >= best - PLATEAU).map(({ value }) => valueText(value));
  const unit = axis.unit ? ` ${axis.unit}` : '';
  const near = `at most ${PLATEAU * 100} points below that`;
  const [from, to] = [good[0], good[good.length - 1]];
  const where = from === to ? `at ${from}${unit} only` : `from ${from} to ${to}${unit}`;
  const measured = imagesText(Math.min(...points.map(({ result }) => result.images)));
  return `The best accuracy is ${percent(best)}; it is ${near} ${where}. Measured on ${measured}.`;
}
