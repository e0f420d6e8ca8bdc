// The sweep: measures one dialect with its weights multiplied by different factors, from silent to saturated outputs. In
// NengoDL's converter the factor is that on the current of its neurons.

/** @import { Axis } from '../../measuring/axis.js' */
/** @import { Curve, Mark } from '../../measuring/chart.js' */
/** @import { Laboratory } from './context.js' */
/** @import { Dialect, Plan, Result } from './types.js' */

import { createChart, PLATEAU } from '../../measuring/chart.js';
import { fillTable } from '../../measuring/figures-table.js';
import { createSavers } from '../../measuring/savers.js';
import { pointsOf, runSweep } from '../../measuring/sweep-points.js';
import { find } from '../../ui/dom.js';
import { percent } from '../../ui/number-format.js';
import { createDialectSelect } from './dialect-select.js';
import { threeDigits } from './number-format.js';
import { planOf } from './plan.js';
import { ratesOf, spikesPerNeuron } from './rates.js';
import { createRunButton } from './run-button.js';

/** Exponents, to the base 2, of the lowest and the highest drive. */
const FIRST = -6;
const LAST = 12;

/**
 * What a pixel of full ink adds to a hidden membrane in one step through a weight of 1, in thresholds.
 * @type {Axis}
 */
const DRIVES = {
  name: 'Drive',
  unit: 'thresholds',
  places: Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i),
  finest: 1 / 4,
  valueAt: (exponent) => 2 ** exponent,
  placeOf: (drive) => Math.log2(Number(drive)),
  ticks: [0.1, 1, 10, 100, 1000],
  range: [Math.log2(0.012), Math.log2(6000)],
};

/** Names on the chart for dialects whose framework has two defaults. @type {Record<string, string>} */
const NAMES = { nengo_seed: 'Nengo as posted', nengo: 'Nengo repaired' };

/** @typedef {import('../../measuring/sweep-points.js').Point<Result>} Point */

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
  // Converted networks get a constant input, so their drive is not that of one spike.
  const marked = withDrive.filter(({ isDefault, isConverted }) => isDefault && !isConverted);
  let drawnState = '';

  const select = createDialectSelect(list, withDrive, chosen, () => {
    swept = dialectOf(list.value);
    onChoose(swept.name);
  });
  let swept = dialectOf(list.value);
  const runButton = createRunButton(root, () => run(() => measureAll(images())));
  const savers = createSavers(find(root, '.save', HTMLElement), {
    name: () => `spikepad-sweep-${swept.name}`,
    rows,
    picture: () => chartBox.querySelector('svg'),
    title: () => String(finding.textContent),
  });

  /** @param {string} name */
  function dialectOf(name) {
    return withDrive.find((dialect) => dialect.name === name) ?? dialects[0];
  }

  /** @param {number | null} drive @returns {Plan} */
  function planAt(drive) {
    const { driveParameter, parameters, readouts } = swept;
    const ownScale = Number(parameters.find(({ name }) => name === driveParameter)?.value ?? 1);
    const scale = (ownScale * Number(drive)) / Number(driveOf(swept));
    return planOf(swept.name, {
      overrides: { [driveParameter]: Number(scale.toPrecision(6)) },
      readout: readouts.includes('count') ? 'count' : null,
    });
  }

  /** @returns {Point[]} */
  const measured = () => pointsOf(DRIVES, (drive) => measurements.resultOf(planAt(drive)));

  /** What the chart shows besides the curve. */
  const others = () => [...(ann ? [ann] : []), ...marked].map(({ name }) => planOf(name));

  /** @param {number} count images */
  function measureAll(count) {
    const dialect = swept;
    return runSweep(DRIVES, {
      planAt,
      resultOf: measurements.resultOf,
      measure: async (plans) => swept === dialect && measurements.measure(plans, count),
      others: others(),
    });
  }

  /** The numbers behind the curve, a row for each drive. */
  function rows() {
    return measured().map(({ value, result }) => {
      const { accuracy, ties, silent } = ratesOf(result);
      return {
        dialect: swept.name,
        images: result.images,
        drive: Number(value),
        accuracy,
        ties,
        silent,
        spikesPerHiddenNeuron: spikesPerNeuron(result, sizes).hidden,
      };
    });
  }

  /** @param {Dialect} dialect @returns {Mark} */
  function markOf(dialect) {
    const result = measurements.resultOf(planOf(dialect.name));
    return {
      name: nameOf(dialect),
      value: Number(driveOf(dialect)),
      accuracy: result && ratesOf(result).accuracy,
      strong: dialect === swept,
    };
  }

  /** @param {readonly Point[]} points */
  function findingOf(points) {
    const accuracies = points.map(({ result }) => ratesOf(result).accuracy);
    const best = Math.max(...accuracies);
    const good = points.filter((_, i) => accuracies[i] >= best - PLATEAU).map(({ value }) => Number(value));
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
    /** Measures the sweep. @param {number} count images */
    measure: measureAll,

    /** What it will measure first. */
    plans: () => [...DRIVES.places.map(DRIVES.valueAt).map(planAt), ...others()],

    /** @param {boolean} resized may the size or the colours of the page have changed? */
    draw(resized) {
      const points = measured();
      const marks = marked.map(markOf);
      const annResult = ann ? measurements.resultOf(planOf(ann.name)) : null;
      const counts = points.map(({ place, result }) => [place, result.images]);
      const state = JSON.stringify([swept.name, counts, marks, annResult?.images]);
      if (state === drawnState && !resized) return;
      drawnState = state;
      chart.draw({
        axis: DRIVES,
        textOf: (drive) => threeDigits(Number(drive)),
        curves: curvesOf(points),
        marks,
        ann: annResult && ratesOf(annResult).accuracy,
        regions: ['too little', 'balanced', 'too much'],
      });
      savers.enable(points.length > 0);
      finding.hidden = points.length < LAST - FIRST;
      if (!finding.hidden) finding.textContent = findingOf(points);
      fillTable(
        figures,
        ['Drive', 'Accuracy', 'Ties', 'Silent', 'Spikes per hidden neuron'],
        rows().map(({ drive, accuracy, ties, silent, spikesPerHiddenNeuron }) => [
          threeDigits(drive),
          ...[accuracy, ties, silent].map((share) => percent(share)),
          threeDigits(spikesPerHiddenNeuron),
        ]),
      );
    },

    destroy() {
      select.destroy();
      runButton.destroy();
      savers.destroy();
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
    points: points.map(({ place, result }) => [place, ratesOf(result)[kind]]),
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
