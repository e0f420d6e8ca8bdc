// The table: every dialect on the test images, a row each.

/** @import { Bench } from './measurements.js' */
/** @import { Dialect, Tally } from './types.js' */

import { drawn, make, say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { accuracyInWords, DASH, large } from './figures.js';
import { planOf } from './plan.js';
import { interval, ratesOf } from './tally.js';

/** The scale of accuracy in its cell: units along it, and across. */
const SCALE = { width: 200, height: 16 };

/** Counted figures of a row, in the order of the columns. */
const FIGURES = /** @type {const} */ (['ties', 'silent', 'hidden', 'output', 'synops', 'busy']);

/**
 * @param {HTMLTableElement} table with its head
 * @param {readonly Dialect[]} dialects
 * @param {Bench} bench
 */
export function createTable(table, dialects, bench) {
  let variants = true;
  const rows = dialects.map(createRow);
  for (const { dialect, row } of rows) {
    if (!isVariantRow(row)) table.append(make('tbody', {}));
    table.tBodies[table.tBodies.length - 1].append(row);
    row.dataset.dialect = dialect.name;
  }

  return {
    /** Are those shown that are not a framework's defaults? @param {boolean} on */
    showVariants(on) {
      variants = on;
      for (const { row } of rows) row.hidden = isVariantRow(row) && !on;
    },

    /** What the rows that are shown measure. */
    get plans() {
      return rows.filter(({ row }) => variants || !isVariantRow(row)).map(({ dialect }) => planOf(dialect.name));
    },

    draw() {
      for (const { dialect, show } of rows) {
        const plan = planOf(dialect.name);
        show(bench.tallyOf(plan), bench.failureOf(plan));
      }
    },
  };
}

/** @param {HTMLElement} row */
function isVariantRow(row) {
  return row.classList.contains('variant');
}

/** @param {Dialect} dialect */
function createRow(dialect) {
  const scale = createScale();
  const accuracy = make('td', { class: 'figure strong' }, DASH);
  const cells = FIGURES.map(() => make('td', { class: 'figure' }, DASH));
  const row = make(
    'tr',
    { class: dialect.isDefault ? 'default' : 'variant' },
    make(
      'th',
      { scope: 'row', title: `${dialect.source}, ${dialect.precision}` },
      make(
        'span',
        { class: 'who' },
        make('span', { class: 'framework' }, dialect.framework),
        ' ',
        make('span', { class: 'setting' }, dialect.setting),
      ),
    ),
    accuracy,
    make('td', { class: 'scale' }, scale.element),
    ...cells,
  );

  /** @type {Tally | null} */
  let shown = null;
  return {
    dialect,
    row,
    /**
     * @param {Tally | null} tally
     * @param {string | null} failure
     */
    show(tally, failure) {
      row.classList.toggle('failed', failure !== null);
      if (failure) accuracy.title = failure;
      if (!tally || tally === shown) return;
      shown = tally;
      const rates = ratesOf(tally);
      const spikes = dialect.readouts.length > 0;
      say(accuracy, (rates.accuracy * 100).toFixed(1));
      accuracy.title = `${accuracyInWords(tally)}, ${tally.images} images`;
      row.dataset.images = String(tally.images);
      const texts = {
        ties: (rates.ties * 100).toFixed(1),
        silent: (rates.silent * 100).toFixed(1),
        hidden: spikesOf(rates.hidden),
        output: spikesOf(rates.output),
        synops: large(rates.synops),
        busy: rates.busy.toFixed(2),
      };
      for (const [i, name] of FIGURES.entries()) say(cells[i], spikes || name === 'busy' ? texts[name] : '');
      scale.show(tally);
    },
  };
}

/**
 * Spikes of a neuron: to a tenth, or whole where they are many.
 * @param {number} value
 */
function spikesOf(value) {
  return value < 1000 ? value.toFixed(1) : count(Math.round(value));
}

/** A dot on a hairline from 0 to 100 %, with its interval. */
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
    /** @param {Tally} tally */
    show(tally) {
      const [low, high] = interval(tally);
      range.setAttribute('x1', String(low * SCALE.width));
      range.setAttribute('x2', String(high * SCALE.width));
      dot.setAttribute('cx', String((tally.right / tally.images) * SCALE.width));
      dot.setAttribute('visibility', 'visible');
    },
  };
}
