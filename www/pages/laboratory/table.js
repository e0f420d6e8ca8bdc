// The table of results: a row for each dialect.

/** @import { Laboratory } from './context.js' */
/** @import { Dialect, Result } from './types.js' */

import { accuracyInterval } from '../../measuring/results.js';
import { createSavers } from '../../measuring/savers.js';
import { drawn, find, make, say } from '../../ui/dom.js';
import { count, NOT_MEASURED } from '../../ui/number-format.js';
import { accuracyInWords, short } from './number-format.js';
import { planOf } from './plan.js';
import { ratesOf, spikesPerNeuron } from './rates.js';
import { createRunButton } from './run-button.js';
import { createScriptButton } from './scripts.js';

/** Size of the picture of an accuracy, in units of its view box. */
const SCALE = { width: 200, height: 16 };

/** The columns after the accuracy, in their order. */
const COLUMNS = /** @type {const} */ (['ties', 'silent', 'hidden', 'output', 'synops', 'busy']);

/**
 * @param {HTMLElement} root holds the table with its head, a check box for the variants and the run button
 * @param {Laboratory} laboratory
 */
export function createTable(root, { dialects, sizes, measurements, advice, scripts, images, run }) {
  const table = find(root, 'table', HTMLTableElement);
  const checkBox = find(root, '.variants', HTMLInputElement);
  const rows = dialects.map((dialect) =>
    createRow(dialect, sizes, () => scripts.show({ dialect, plan: planOf(dialect.name), digit: null })),
  );
  const groups = groupByFramework(rows);
  table.append(...groups);

  /** Shows or hides the dialects that are not a framework's defaults. */
  function showVariants() {
    for (const { dialect, row, adviceRow } of rows) {
      row.hidden = !dialect.isDefault && !checkBox.checked;
      adviceRow.hidden = row.hidden || adviceRow.textContent === '';
    }
  }

  /** What the rows that are shown need. */
  const plans = () => rows.filter(({ row }) => !row.hidden).map(({ dialect }) => planOf(dialect.name));

  /** The rows that are measured, as numbers. */
  function measuredRows() {
    return rows.flatMap(({ dialect, row }) => {
      const result = measurements.resultOf(planOf(dialect.name));
      return result && !row.hidden ? [{ ...numbersOf(dialect, result, sizes), doctor: advice.of(dialect.name) }] : [];
    });
  }

  const runButton = createRunButton(root, () => run(() => measurements.measure(plans(), images())));
  const savers = createSavers(find(root, '.save', HTMLElement), {
    name: () => 'spikepad-frameworks',
    rows: measuredRows,
  });
  const stopDoctor = make('button', { type: 'button', class: 'plain', hidden: '' }, 'End the examination');
  stopDoctor.addEventListener('click', () => {
    advice.stop();
    draw();
  });
  find(root, '.do', HTMLElement).append(stopDoctor);
  checkBox.addEventListener('change', showVariants);
  showVariants();

  function draw() {
    for (const { dialect, show, advise } of rows) {
      const plan = planOf(dialect.name);
      show(measurements.resultOf(plan), measurements.failureOf(plan));
      advise(advice.current === dialect.name ? 'The doctor examines it …' : (advice.of(dialect.name) ?? ''));
    }
    stopDoctor.hidden = advice.current === '';
    savers.enable(measuredRows().length > 0);
  }

  return {
    plans,

    /** The dialects with spikes that are measured and shown. */
    measured: () =>
      rows
        .filter(({ row, dialect }) => !row.hidden && dialect.readouts.length > 0)
        .map(({ dialect }) => dialect.name)
        .filter((name) => measurements.resultOf(planOf(name))),

    /** Measures the rows that are shown. @param {number} count images */
    measure: (count) => measurements.measure(plans(), count),

    draw,

    destroy() {
      checkBox.removeEventListener('change', showVariants);
      runButton.destroy();
      savers.destroy();
      stopDoctor.remove();
      for (const group of groups) group.remove();
    },
  };
}

/**
 * Makes a group for each default of a framework, followed by its variants. The first row of a framework shows the
 * framework's name.
 * @param {readonly { dialect: Dialect, row: HTMLTableRowElement, adviceRow: HTMLTableRowElement }[]} rows
 */
function groupByFramework(rows) {
  /** @type {HTMLTableSectionElement[]} */
  const groups = [];
  let framework = '';
  for (const { dialect, row, adviceRow } of rows) {
    const first = dialect.framework !== framework;
    framework = dialect.framework;
    if (first || dialect.isDefault) groups.push(make('tbody', {}));
    row.className = first || dialect.isDefault ? 'default' : 'variant';
    groups[groups.length - 1].append(row, adviceRow);
  }
  return groups;
}

/**
 * @param {Dialect} dialect
 * @param {readonly number[]} sizes
 * @param {() => void} showScript
 */
function createRow(dialect, sizes, showScript) {
  const scale = createScale();
  const accuracy = make('td', { class: 'figure strong' }, NOT_MEASURED);
  const cells = COLUMNS.map(() => make('td', { class: 'figure' }, NOT_MEASURED));
  const name = make(
    'span',
    { class: 'dialect' },
    make('span', { class: 'framework' }, dialect.framework),
    ' ',
    make('span', { class: 'setting' }, dialect.setting),
  );
  const label = `Python for ${dialect.framework} ${dialect.setting}`;
  const row = make(
    'tr',
    { 'data-dialect': dialect.name },
    make('th', { scope: 'row', title: `${dialect.source}, ${dialect.precision}` }, name),
    accuracy,
    make('td', { class: 'scale' }, scale.element),
    ...cells,
    make('td', { class: 'as-python' }, ...(dialect.hasScript ? [createScriptButton('Python', label, showScript)] : [])),
  );

  const words = make('span', {});
  const adviceRow = make(
    'tr',
    { class: 'advice', hidden: '' },
    make('td', { colspan: String(row.cells.length) }, words),
  );

  /** @type {Result | null} */
  let shown = null;
  return {
    dialect,
    row,
    adviceRow,

    /** @param {string} sentence of the doctor */
    advise(sentence) {
      say(words, sentence);
      adviceRow.hidden = sentence === '' || row.hidden;
    },

    /**
     * @param {Result | null} result
     * @param {string | null} failure
     */
    show(result, failure) {
      if (failure) accuracy.title = failure;
      if (!result || result === shown) return;
      shown = result;
      const rates = ratesOf(result);
      say(accuracy, (rates.accuracy * 100).toFixed(1));
      accuracy.title = accuracyInWords(result);
      row.dataset.images = String(result.images);
      scale.show(result);
      const spikes = spikesPerNeuron(result, sizes);
      const texts = {
        ties: (rates.ties * 100).toFixed(1),
        silent: (rates.silent * 100).toFixed(1),
        hidden: spikesText(spikes.hidden),
        output: spikesText(spikes.output),
        synops: short(rates.synops),
        busy: rates.busy.toFixed(2),
      };
      const hasSpikes = dialect.readouts.length > 0;
      for (const [i, column] of COLUMNS.entries()) {
        say(cells[i], hasSpikes || column === 'busy' ? texts[column] : '');
      }
    },
  };
}

/**
 * A row as numbers.
 * @param {Dialect} dialect
 * @param {Result} result
 * @param {readonly number[]} sizes
 */
function numbersOf({ name, framework, setting, readouts }, result, sizes) {
  const { accuracy, ties, silent, synops, busy } = ratesOf(result);
  const [low, high] = accuracyInterval(result);
  const spikes = spikesPerNeuron(result, sizes);
  const ofSpikes = (/** @type {number} */ value) => (readouts.length > 0 ? value : null);
  return {
    dialect: name,
    framework,
    setting,
    images: result.images,
    accuracy,
    accuracyLow: low,
    accuracyHigh: high,
    ties: ofSpikes(ties),
    silent: ofSpikes(silent),
    spikesPerHiddenNeuron: ofSpikes(spikes.hidden),
    spikesPerOutputNeuron: ofSpikes(spikes.output),
    synopsPerImage: ofSpikes(synops),
    millisecondsPerImage: busy,
  };
}

/** @param {number} value spikes per neuron */
function spikesText(value) {
  return value < 1000 ? value.toFixed(1) : count(Math.round(value));
}

/** A picture of an accuracy: a dot between 0 and 100 %, with the confidence interval as a line. */
function createScale() {
  const range = drawn('line', { class: 'range', y1: SCALE.height / 2, y2: SCALE.height / 2, x1: 0, x2: 0 });
  const dot = drawn('circle', { class: 'dot', r: 3.5, cy: SCALE.height / 2, cx: 0, visibility: 'hidden' });
  const ticks = [0, 0.5, 1].map((x) =>
    drawn('line', { class: 'tick', x1: x * SCALE.width, x2: x * SCALE.width, y1: 0, y2: SCALE.height }),
  );
  const element = drawn(
    'svg',
    { viewBox: `-4 0 ${SCALE.width + 8} ${SCALE.height}`, 'aria-hidden': 'true', class: 'scale-picture' },
    ...ticks,
    range,
    dot,
  );
  return {
    element,
    /** @param {Result} result */
    show(result) {
      const [low, high] = accuracyInterval(result);
      range.setAttribute('x1', String(low * SCALE.width));
      range.setAttribute('x2', String(high * SCALE.width));
      dot.setAttribute('cx', String(ratesOf(result).accuracy * SCALE.width));
      dot.setAttribute('visibility', 'visible');
    },
  };
}
