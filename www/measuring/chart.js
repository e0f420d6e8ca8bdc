// The chart of a sweep: accuracy and other shares against the values of a parameter.

/** @import { Axis } from './axis.js' */

import { drawChart, drawRule, drawTick, nameAxis } from '../ui/chart-axes.js';
import { drawn } from '../ui/dom.js';
import { percent } from '../ui/number-format.js';

/**
 * @typedef {object} Curve
 * @property {'accuracy' | 'silent' | 'ties' | 'after' | 'without'} kind
 * @property {readonly (readonly [place: number, share: number])[]} points in the order of their places
 */

/**
 * @typedef {object} Mark a value with a name
 * @property {string} name
 * @property {number | null} value
 * @property {number | null} accuracy null if it has not been measured yet
 * @property {boolean} strong is it what the sweep is about?
 */

/**
 * @typedef {object} Chart
 * @property {Axis} axis
 * @property {(value: number | null) => string} textOf a value
 * @property {readonly Curve[]} curves
 * @property {readonly Mark[]} marks
 * @property {number | null} ann accuracy of the network without spikes; null if it has not been measured yet
 * @property {readonly [before: string, within: string, behind: string]} regions names of the values with an accuracy near the
 *   best, and of those on both sides
 */

/** Margins around the plot, and the height of a row of names under it, CSS pixels. */
const MARGIN = { left: 44, right: 16, top: 28, axis: 28, row: 20, gap: 26 };

/** Height of the plot on a narrow page, and unless another one is given on a wide one, CSS pixels. */
const PLOT = { wide: 340, narrow: 260 };

/** An accuracy that is less than this below the best one is near it. */
export const PLATEAU = 0.02;

/** Width of a letter, CSS pixels; an upper bound, so that names do not overlap. */
const LETTER = 7;

/**
 * @param {HTMLElement} root
 * @param {number} [wide] height of the plot on a wide page, CSS pixels
 */
export function createChart(root, wide = PLOT.wide) {
  return {
    /** @param {Chart} chart */
    draw(chart) {
      const { axis, curves, marks, ann } = chart;
      const { width } = root.getBoundingClientRect();
      if (width === 0) return;
      const plotWidth = width - MARGIN.left - MARGIN.right;
      const plotHeight = width < 560 ? Math.min(PLOT.narrow, wide) : wide;
      const floor = MARGIN.top + plotHeight;
      const x = (/** @type {number} */ place) => MARGIN.left + positionOn(axis, place) * plotWidth;
      const y = (/** @type {number} */ value) => floor - value * plotHeight;
      const names = placeNames(marks, (mark) => x(axis.placeOf(mark.value)), MARGIN.left - 4, width);
      const rows = names.reduce((most, { row }) => Math.max(most, row + 1), 0);
      const height = floor + MARGIN.axis + MARGIN.gap + rows * MARGIN.row;

      const svg = drawChart(width, height, describe(chart));
      svg.append(...drawGrid(chart, x, y, width, floor), ...drawRegions(chart, x));
      if (ann !== null) {
        svg.append(drawn('line', { class: 'ann', x1: MARGIN.left, x2: width - MARGIN.right, y1: y(ann), y2: y(ann) }));
      }
      for (const { kind, points } of curves) {
        const path = points.map(([place, value]) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
        svg.append(drawn('polyline', { class: `curve ${kind}`, points: path }));
        if (kind === 'accuracy') {
          svg.append(...points.map(([d, v]) => drawn('circle', { class: 'sample-point', cx: x(d), cy: y(v), r: 2 })));
        }
      }
      const drawnMarks = names.map((name) => drawMark(chart, name, floor, { x, y }));
      svg.append(...drawnMarks.map(({ leader }) => leader), ...drawnMarks.flatMap(({ parts }) => parts));
      root.replaceChildren(svg);
    },
  };
}

/**
 * @param {Axis} axis
 * @param {number} place clamped to the range
 * @returns {number} from 0 to 1 along the axis
 */
function positionOn({ range: [first, last] }, place) {
  return (Math.min(Math.max(place, first), last) - first) / (last - first);
}

/**
 * @param {Chart} chart
 * @param {(place: number) => number} x
 * @param {(value: number) => number} y
 * @param {number} width
 * @param {number} floor
 */
function drawGrid({ axis, textOf }, x, y, width, floor) {
  const ends = /** @type {const} */ ([MARGIN.left, width - MARGIN.right]);
  return [
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((value) =>
      drawRule(value === 1 ? '100 %' : String(value * 100), y(value), ends, Math.round(y(value)) + 0.5),
    ),
    ...axis.ticks.flatMap((value) => drawTick(textOf(value), x(axis.placeOf(value)), floor)),
    nameAxis(axis.unit ? `${axis.name}, ${axis.unit}` : axis.name, MARGIN.left, floor + MARGIN.axis + 10),
  ];
}

/**
 * Names the parts of the axis: below, at and above the best values.
 * @param {Chart} chart
 * @param {(place: number) => number} x
 */
function drawRegions({ curves, regions: [before, within, behind] }, x) {
  const accuracy = curves.find(({ kind }) => kind === 'accuracy')?.points ?? [];
  if (accuracy.length < 3 || within === '') return [];
  const best = Math.max(...accuracy.map(([, value]) => value));
  const plateau = accuracy.filter(([, value]) => value >= best - PLATEAU).map(([place]) => place);
  const [from, to] = [x(plateau[0]), x(plateau[plateau.length - 1])];
  const [first, last] = [x(accuracy[0][0]), x(accuracy[accuracy.length - 1][0])];
  const names = [
    { name: before, left: first, right: from },
    { name: within, left: from, right: to },
    { name: behind, left: to, right: last },
  ];
  return names
    .filter(({ name, left, right }) => right - left > name.length * LETTER || name === within)
    .flatMap(({ name, left, right }) => [
      ...(name === within
        ? [drawn('rect', { class: 'plateau', x: left - 2, y: MARGIN.top - 6, width: right - left + 4, height: 2 })]
        : []),
      drawn('text', { class: 'region', x: (left + right) / 2, y: MARGIN.top - 12, 'text-anchor': 'middle' }, name),
    ]);
}

/**
 * @typedef {object} PlacedName
 * @property {Mark} mark
 * @property {number} centre CSS pixels from the left
 * @property {number} row counted from 0, downwards
 */

/**
 * Places the names of marks under the plot: each in the first row in which it overlaps no other name.
 * @param {readonly Mark[]} marks
 * @param {(mark: Mark) => number} x
 * @param {number} from least x of a name
 * @param {number} to greatest x of a name
 * @returns {PlacedName[]}
 */
function placeNames(marks, x, from, to) {
  /** @type {number[]} the end of the last name in each row */
  const ends = [];
  return [...marks]
    .sort((a, b) => x(a) - x(b))
    .map((mark) => {
      const width = mark.name.length * LETTER;
      const left = Math.min(Math.max(x(mark) - width / 2, from), to - width);
      let row = ends.findIndex((end) => end + 8 <= left);
      if (row < 0) row = ends.length;
      ends[row] = left + width;
      return { mark, centre: left + width / 2, row };
    });
}

/**
 * @param {Chart} chart
 * @param {PlacedName} name
 * @param {number} floor y of the axis
 * @param {{ x: (place: number) => number, y: (value: number) => number }} scale
 */
function drawMark({ axis, textOf }, { mark: { name, value, accuracy, strong }, centre, row }, floor, { x, y }) {
  const at = x(axis.placeOf(value));
  const top = floor + MARGIN.axis + MARGIN.gap + row * MARGIN.row;
  const emphasis = strong ? ' strong' : '';
  const leader = drawn('path', {
    class: `leader${emphasis}`,
    d: `M${at} ${accuracy === null ? floor : y(accuracy)}V${top - 8}L${centre} ${top}`,
  });
  const parts = [
    drawn('text', { class: `mark-name${emphasis}`, x: centre, y: top + 13, 'text-anchor': 'middle' }, name),
  ];
  if (accuracy !== null) {
    const dot = drawn('circle', { class: `mark-dot${emphasis}`, cx: at, cy: y(accuracy), r: 4.5 });
    dot.append(drawn('title', {}, `${name}: ${axis.name} ${textOf(value)}, accuracy ${percent(accuracy)}`));
    parts.push(dot);
  }
  return { leader, parts };
}

/** @param {Chart} chart */
function describe({ axis, textOf, curves, marks }) {
  const points = curves.find(({ kind }) => kind === 'accuracy')?.points ?? [];
  const what = `Accuracy against ${axis.name.toLowerCase()}`;
  if (points.length === 0) return `${what}, not measured yet; marked: ${marks.map(({ name }) => name).join(', ')}.`;
  const best = points.reduce((a, b) => (b[1] > a[1] ? b : a));
  const [first, highest, last] = [points[0], best, points[points.length - 1]].map(
    ([place, accuracy]) => `${percent(accuracy)} at ${textOf(axis.valueAt(place))}`,
  );
  return `${what}: ${first}, highest with ${highest}, ${last}. A table of the numbers is below.`;
}
