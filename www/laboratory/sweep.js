// The sweep: one dialect, its weights multiplied, from silent to saturated.

/** @import { Bench } from './measurements.js' */
/** @import { Dialect, Plan } from './types.js' */
/** @import { Curve, Mark } from './chart.js' */

import { createChart, fillTable, PLATEAU } from './chart.js';
import { amount, share } from './figures.js';
import { planOf } from './plan.js';
import { driveOf } from './rules.js';
import { ratesOf } from './tally.js';

/** Drives that are measured first: octaves. */
const FIRST = -6;
const LAST = 12;

/** Between two neighbours that differ by more than this, another is measured. */
const STEEP = 0.06;

/** How much finer than octaves it may get. */
const FINEST = 1 / 4;

/** Where a framework stands twice. @type {Record<string, string>} */
const NAMES = { nengo_seed: 'Nengo as asked', nengo: 'Nengo mended' };

/**
 * @param {object} parts
 * @param {HTMLElement} parts.chart
 * @param {HTMLTableElement} parts.figures
 * @param {HTMLElement} parts.finding
 * @param {readonly Dialect[]} dialects
 * @param {Bench} bench
 */
export function createSweep({ chart: element, figures, finding }, dialects, bench) {
  const chart = createChart(element);
  const marked = dialects.filter((dialect) => dialect.isDefault && driveOf(dialect) !== null);
  let swept = dialects[0];
  let drawnOf = '';

  /** @param {number} octave @returns {Plan} */
  function planAt(octave) {
    const own = Number(swept.parameters.find(({ name }) => name === 'weight_scale')?.value ?? 1);
    const scale = (own * 2 ** octave) / Number(driveOf(swept));
    return planOf(swept.name, { overrides: { weight_scale: Number(scale.toPrecision(6)) }, readout: 'count' });
  }

  /** What is measured of the swept dialect, by rising drive. */
  function measured() {
    const points = [];
    for (let octave = FIRST; octave <= LAST; octave += FINEST) {
      const tally = bench.tallyOf(planAt(octave));
      if (tally) points.push({ octave, drive: 2 ** octave, tally, rates: ratesOf(tally) });
    }
    return points;
  }

  /** @returns {Plan[]} those between steep neighbours */
  function finer() {
    const points = measured();
    const plans = [];
    for (let i = 0; i + 1 < points.length; i++) {
      const [a, b] = [points[i], points[i + 1]];
      const gap = b.octave - a.octave;
      if (gap > FINEST && Math.abs(a.rates.accuracy - b.rates.accuracy) > STEEP) plans.push(planAt(a.octave + gap / 2));
    }
    return plans;
  }

  /** @param {ReturnType<typeof measured>} points */
  function tell(points) {
    const best = Math.max(...points.map(({ rates }) => rates.accuracy));
    const good = points.filter(({ rates }) => rates.accuracy >= best - PLATEAU).map(({ drive }) => drive);
    const [from, to] = [good[0], good[good.length - 1]];
    const names = marked
      .filter((dialect) => isBetween(Number(driveOf(dialect)), from, to))
      .map(({ name, framework }) => NAMES[name] ?? framework);
    return `${swept.framework} reads best, ${share(best)}, and within ${PLATEAU * 100} points of it, at drives from ${amount(from)} to ${amount(to)}. ${
      names.length > 0
        ? `In that range lie the defaults of ${listed(names)}`
        : 'In that range lie no framework’s defaults'
    }.`;
  }

  return {
    get dialect() {
      return swept.name;
    },

    /** @param {string} name */
    choose(name) {
      swept = dialects.find((dialect) => dialect.name === name) ?? swept;
      drawnOf = '';
    },

    /**
     * @param {number} images
     * @returns {Promise<void>}
     */
    async run(images) {
      const chosen = swept;
      const octaves = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
      const marks = marked.map(({ name }) => planOf(name));
      if (!(await bench.measure([...octaves.map(planAt), planOf('keras'), ...marks], images))) return;
      for (let plans = finer(); plans.length > 0 && swept === chosen; plans = finer()) {
        if (!(await bench.measure(plans, images))) return;
      }
    },

    /** @param {boolean} [afresh] */
    draw(afresh) {
      const points = measured();
      const marks = marked.map((dialect) => markOf(dialect, bench, dialect === swept));
      const without = bench.tallyOf(planOf('keras'));
      const state = JSON.stringify([
        swept.name,
        points.map(({ drive, tally }) => [drive, tally.images]),
        marks,
        without?.images,
      ]);
      if (state === drawnOf && !afresh) return;
      drawnOf = state;
      /** @type {Curve[]} */
      const curves = /** @type {const} */ (['ties', 'silent', 'accuracy']).map((kind) => ({
        kind,
        points: points.map(({ drive, rates }) => [drive, rates[kind]]),
      }));
      chart.draw(curves, marks, without && ratesOf(without).accuracy);
      finding.hidden = points.length < LAST - FIRST;
      if (!finding.hidden) finding.textContent = tell(points);
      fillTable(
        figures,
        ['Drive', 'Accuracy', 'Ties', 'Silent', 'Spikes of a hidden neuron'],
        points.map(({ drive, rates }) => [
          amount(drive),
          share(rates.accuracy),
          share(rates.ties),
          share(rates.silent),
          amount(rates.hidden),
        ]),
      );
    },
  };
}

/**
 * @param {Dialect} dialect
 * @param {Bench} bench
 * @param {boolean} swept
 * @returns {Mark}
 */
function markOf(dialect, bench, swept) {
  const tally = bench.tallyOf(planOf(dialect.name));
  return {
    name: NAMES[dialect.name] ?? dialect.framework,
    drive: Number(driveOf(dialect)),
    accuracy: tally && ratesOf(tally).accuracy,
    swept,
  };
}

/**
 * @param {number} value
 * @param {number} from
 * @param {number} to
 */
function isBetween(value, from, to) {
  return value >= from * 0.99 && value <= to * 1.01;
}

/** @param {readonly string[]} names */
function listed(names) {
  return new Intl.ListFormat('en-GB').format(names);
}
