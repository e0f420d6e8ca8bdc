// The sweep: measures one dialect with its weights multiplied by different factors, from silent to saturated outputs.

/** @import { Curve, Mark } from './chart.js' */
/** @import { Laboratory } from './context.js' */
/** @import { Dialect, Plan, Result } from './types.js' */

import { find } from '../ui/dom.js';
import { percent } from '../ui/number-format.js';
import { createChart, PLATEAU } from './chart.js';
import { createDialectSelect } from './dialect-select.js';
import { fillTable } from './figures-table.js';
import { threeDigits } from './number-format.js';
import { planOf } from './plan.js';
import { ratesOf, spikesPerNeuron } from './results.js';
import { createRunButton } from './run-button.js';

/** Exponents, to the base 2, of the lowest and the highest drive. The drives at whole exponents are measured first. */
const FIRST = -6;
const LAST = 12;

/** If the accuracies of two neighbouring drives differ by more than this, the drive between them is measured too. */
const STEEP = 0.06;

/** Least distance between the exponents of two drives. */
const FINEST = 1 / 4;

/** Names on the chart for dialects whose framework has two defaults. @type {Record<string, string>} */
const NAMES = { nengo_seed: 'Nengo as posted', nengo: 'Nengo fixed' };

/**
 * @typedef {object} Point a drive that was measured
 * @property {number} exponent of the drive, to the base 2
 * @property {number} drive
 * @property {Result} result
 */

/**
 * @param {HTMLElement} root holds the list of dialects, the run button, the chart and the table
 * @param {Laboratory} laboratory
 * @param {string} chosen the dialect to sweep
 * @param {(dialect: string) => void} onChoose
 */
export function createSweep(root, { dialects, sizes, measurements, images, run }, chosen, onChoose) {
  const chartBox = find(root, '.chart', HTMLElement);
  const chart = createChart(chartBox);
  const finding = find(root, '.finding', HTMLElement);
  const figures = find(root, 'table', HTMLTableElement);
  const list = find(root, 'select', HTMLSelectElement);
  const ann = dialects.find(({ readouts }) => readouts.length === 0);
  const withDrive = dialects.filter((dialect) => driveOf(dialect) !== null);
  const marked = withDrive.filter(({ isDefault }) => isDefault);
  let drawnState = '';

  const select = createDialectSelect(list, withDrive, chosen, () => {
    swept = dialectOf(list.value);
    onChoose(swept.name);
  });
  let swept = dialectOf(list.value);
  const runButton = createRunButton(root, () => run(() => measureAll(images())));

  /** @param {string} name */
  function dialectOf(name) {
    return withDrive.find((dialect) => dialect.name === name) ?? dialects[0];
  }

  /**
   * @param {number} exponent of the drive, to the base 2
   * @returns {Plan}
   */
  function planAt(exponent) {
    const ownScale = Number(swept.parameters.find(({ name }) => name === 'weight_scale')?.value ?? 1);
    const scale = (ownScale * 2 ** exponent) / Number(driveOf(swept));
    return planOf(swept.name, { overrides: { weight_scale: Number(scale.toPrecision(6)) }, readout: 'count' });
  }

  /** @returns {Point[]} sorted by drive */
  function measured() {
    const points = [];
    for (let exponent = FIRST; exponent <= LAST; exponent += FINEST) {
      const result = measurements.resultOf(planAt(exponent));
      if (result) points.push({ exponent, drive: 2 ** exponent, result });
    }
    return points;
  }

  /** @returns {Plan[]} for the drives between neighbours whose accuracies differ by more than `STEEP` */
  function refinements() {
    const points = measured();
    const plans = [];
    for (const [i, b] of points.entries()) {
      if (i === 0) continue;
      const a = points[i - 1];
      const gap = b.exponent - a.exponent;
      const step = Math.abs(ratesOf(a.result).accuracy - ratesOf(b.result).accuracy);
      if (gap > FINEST && step > STEEP) plans.push(planAt(a.exponent + gap / 2));
    }
    return plans;
  }

  /** @param {number} count images */
  async function measureAll(count) {
    const dialect = swept;
    const exponents = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
    const others = [...(ann ? [ann] : []), ...marked].map(({ name }) => planOf(name));
    if (!(await measurements.measure([...exponents.map(planAt), ...others], count))) return;
    for (let plans = refinements(); plans.length > 0 && swept === dialect; plans = refinements()) {
      if (!(await measurements.measure(plans, count))) return;
    }
  }

  /** @param {Dialect} dialect @returns {Mark} */
  function markOf(dialect) {
    const result = measurements.resultOf(planOf(dialect.name));
    return {
      name: nameOf(dialect),
      drive: Number(driveOf(dialect)),
      accuracy: result && ratesOf(result).accuracy,
      swept: dialect === swept,
    };
  }

  /** @param {readonly Point[]} points */
  function findingOf(points) {
    const accuracies = points.map(({ result }) => ratesOf(result).accuracy);
    const best = Math.max(...accuracies);
    const good = points.filter((_, i) => accuracies[i] >= best - PLATEAU).map(({ drive }) => drive);
    const [from, to] = [good[0], good[good.length - 1]];
    // The drives of the defaults are computed, and may differ from the measured ones by a rounding error.
    const names = marked
      .filter((dialect) => Number(driveOf(dialect)) >= from * 0.99 && Number(driveOf(dialect)) <= to * 1.01)
      .map(nameOf);
    const defaults =
      names.length > 0
        ? `The defaults of ${new Intl.ListFormat('en-GB').format(names)} are in that range`
        : 'No framework’s defaults are in that range';
    return `${swept.framework} is most accurate, ${percent(best)}, and at most ${PLATEAU * 100} points below that, at drives from ${threeDigits(from)} to ${threeDigits(to)}. ${defaults}.`;
  }

  return {
    /** @param {boolean} resized may the size or the colours of the page have changed? */
    draw(resized) {
      const points = measured();
      const marks = marked.map(markOf);
      const annResult = ann ? measurements.resultOf(planOf(ann.name)) : null;
      const counts = points.map(({ drive, result }) => [drive, result.images]);
      const state = JSON.stringify([swept.name, counts, marks, annResult?.images]);
      if (state === drawnState && !resized) return;
      drawnState = state;
      chart.draw(curvesOf(points), marks, annResult && ratesOf(annResult).accuracy);
      finding.hidden = points.length < LAST - FIRST;
      if (!finding.hidden) finding.textContent = findingOf(points);
      fillTable(
        figures,
        ['Drive', 'Accuracy', 'Ties', 'Silent', 'Spikes per hidden neuron'],
        points.map(({ drive, result }) => {
          const { accuracy, ties, silent } = ratesOf(result);
          const { hidden } = spikesPerNeuron(result, sizes);
          return [threeDigits(drive), percent(accuracy), percent(ties), percent(silent), threeDigits(hidden)];
        }),
      );
    },

    destroy() {
      select.destroy();
      runButton.destroy();
      chartBox.replaceChildren();
      figures.replaceChildren();
      finding.hidden = true;
    },
  };
}

/**
 * @param {readonly Point[]} points
 * @returns {Curve[]}
 */
function curvesOf(points) {
  return /** @type {const} */ (['ties', 'silent', 'accuracy']).map((kind) => ({
    kind,
    points: points.map(({ drive, result }) => [drive, ratesOf(result)[kind]]),
  }));
}

/** @param {Dialect} dialect */
function nameOf({ name, framework }) {
  return NAMES[name] ?? framework;
}

/**
 * What a pixel of full ink adds to a hidden membrane in one step through a weight of 1, in thresholds; null if the dialect
 * has no drive.
 * @param {Dialect} dialect
 */
function driveOf({ facts }) {
  return facts?.drive ?? null;
}
