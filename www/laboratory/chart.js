// The chart of a sweep: accuracy and other shares against the drive, on a logarithmic axis, with the frameworks' defaults.

import { drawn } from '../ui/dom.js';
import { percent } from '../ui/number-format.js';
import { threeDigits } from './number-format.js';

/**
 * @typedef {object} Curve
 * @property {'accuracy' | 'silent' | 'ties'} kind
 * @property {readonly (readonly [drive: number, share: number])[]} points sorted by drive
 */

/**
 * @typedef {object} Mark a framework's defaults
 * @property {string} name
 * @property {number} drive
 * @property {number | null} accuracy null if it has not been measured yet
 * @property {boolean} swept is it the dialect of the sweep?
 */

/** Margins around the plot, and the height of a row of names under it, CSS pixels. */
const MARGIN = { left: 44, right: 16, top: 28, axis: 28, row: 20, gap: 12 };

/** Height of the plot on a wide and on a narrow page, CSS pixels. */
const PLOT = { wide: 340, narrow: 260 };

/** Drives at both ends of the axis. */
const RANGE = /** @type {const} */ ([0.012, 6000]);
const TICKS = [0.01, 0.1, 1, 10, 100, 1000].filter((tick) => tick >= RANGE[0]);

/** A drive is balanced if its accuracy is less than this below the best one. */
export const PLATEAU = 0.02;

/** Width of a letter, CSS pixels; an upper bound, so that names do not overlap. */
const LETTER = 7;

/**
 * @param {HTMLElement} root
 */
export function createChart(root) {
  return {
    /**
     * @param {readonly Curve[]} curves
     * @param {readonly Mark[]} marks
     * @param {number | null} ann accuracy of the network without spikes; null if it has not been measured yet
     */
    draw(curves, marks, ann) {
      const { width } = root.getBoundingClientRect();
      if (width === 0) return;
      const plotWidth = width - MARGIN.left - MARGIN.right;
      const plotHeight = width < 560 ? PLOT.narrow : PLOT.wide;
      const floor = MARGIN.top + plotHeight;
      const x = (/** @type {number} */ drive) => MARGIN.left + position(drive) * plotWidth;
      const y = (/** @type {number} */ value) => floor - value * plotHeight;
      const names = placeNames(marks, x, MARGIN.left - 4, width);
      const rows = names.reduce((most, { row }) => Math.max(most, row + 1), 0);
      const height = floor + MARGIN.axis + MARGIN.gap + rows * MARGIN.row;

      const svg = drawn('svg', {
        viewBox: `0 0 ${width} ${height}`,
        width,
        height,
        role: 'img',
        'aria-label': describe(curves, marks),
      });
      svg.append(...drawGrid(x, y, width, floor), ...drawRegions(curves, x));
      if (ann !== null) {
        svg.append(drawn('line', { class: 'ann', x1: MARGIN.left, x2: width - MARGIN.right, y1: y(ann), y2: y(ann) }));
      }
      for (const { kind, points } of curves) {
        const path = points.map(([drive, value]) => `${x(drive).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
        svg.append(drawn('polyline', { class: `curve ${kind}`, points: path }));
        if (kind === 'accuracy') {
          svg.append(...points.map(([d, v]) => drawn('circle', { class: 'sample-point', cx: x(d), cy: y(v), r: 2 })));
        }
      }
      const drawnMarks = names.map((name) => drawMark(name, x(name.mark.drive), floor, y));
      svg.append(...drawnMarks.map(({ leader }) => leader), ...drawnMarks.flatMap(({ parts }) => parts));
      root.replaceChildren(svg);
    },
  };
}

/**
 * @param {number} drive clamped to the range
 * @returns {number} from 0 to 1 along the axis
 */
function position(drive) {
  const within = Math.min(Math.max(drive, RANGE[0]), RANGE[1]);
  return Math.log(within / RANGE[0]) / Math.log(RANGE[1] / RANGE[0]);
}

/**
 * @param {(drive: number) => number} x
 * @param {(value: number) => number} y
 * @param {number} width
 * @param {number} floor
 */
function drawGrid(x, y, width, floor) {
  const right = width - MARGIN.right;
  return [
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((value) => [
      drawn('line', {
        class: 'rule',
        x1: MARGIN.left,
        x2: right,
        y1: Math.round(y(value)) + 0.5,
        y2: Math.round(y(value)) + 0.5,
      }),
      drawn(
        'text',
        { class: 'tick-name', x: MARGIN.left - 8, y: y(value) + 4, 'text-anchor': 'end' },
        value === 1 ? '100 %' : String(value * 100),
      ),
    ]),
    ...TICKS.flatMap((tick) => [
      drawn('line', { class: 'tick', x1: x(tick), x2: x(tick), y1: floor, y2: floor + 5 }),
      drawn('text', { class: 'tick-name', x: x(tick), y: floor + 20, 'text-anchor': 'middle' }, threeDigits(tick)),
    ]),
    drawn('text', { class: 'tick-name', x: MARGIN.left, y: floor + 20 }, width < 560 ? 'drive' : 'thresholds'),
  ];
}

/**
 * Labels the parts of the axis: too little, balanced and too much drive.
 * @param {readonly Curve[]} curves
 * @param {(drive: number) => number} x
 */
function drawRegions(curves, x) {
  const accuracy = curves.find(({ kind }) => kind === 'accuracy')?.points ?? [];
  if (accuracy.length < 3) return [];
  const best = Math.max(...accuracy.map(([, value]) => value));
  const plateau = accuracy.filter(([, value]) => value >= best - PLATEAU).map(([drive]) => drive);
  const [from, to] = [x(plateau[0]), x(plateau[plateau.length - 1])];
  const [first, last] = [x(accuracy[0][0]), x(accuracy[accuracy.length - 1][0])];
  const names = [
    { name: 'too little', left: first, right: from },
    { name: 'balanced', left: from, right: to },
    { name: 'too much', left: to, right: last },
  ];
  return names
    .filter(({ name, left, right }) => right - left > name.length * LETTER || name === 'balanced')
    .flatMap(({ name, left, right }) => [
      ...(name === 'balanced'
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
 * @param {(drive: number) => number} x
 * @param {number} from least x of a name
 * @param {number} to greatest x of a name
 * @returns {PlacedName[]}
 */
function placeNames(marks, x, from, to) {
  /** @type {number[]} the end of the last name in each row */
  const ends = [];
  return [...marks]
    .sort((a, b) => a.drive - b.drive)
    .map((mark) => {
      const width = mark.name.length * LETTER;
      const left = Math.min(Math.max(x(mark.drive) - width / 2, from), to - width);
      let row = ends.findIndex((end) => end + 8 <= left);
      if (row < 0) row = ends.length;
      ends[row] = left + width;
      return { mark, centre: left + width / 2, row };
    });
}

/**
 * @param {PlacedName} name
 * @param {number} at x of the drive
 * @param {number} floor y of the axis
 * @param {(value: number) => number} y
 */
function drawMark({ mark: { name, drive, accuracy, swept }, centre, row }, at, floor, y) {
  const top = floor + MARGIN.axis + MARGIN.gap + row * MARGIN.row;
  const emphasis = swept ? ' swept' : '';
  const leader = drawn('path', {
    class: `leader${emphasis}`,
    d: `M${at} ${accuracy === null ? floor : y(accuracy)}V${top - 8}L${centre} ${top}`,
  });
  const parts = [
    drawn('text', { class: `mark-name${emphasis}`, x: centre, y: top + 13, 'text-anchor': 'middle' }, name),
  ];
  if (accuracy !== null) {
    const dot = drawn('circle', { class: `mark-dot${emphasis}`, cx: at, cy: y(accuracy), r: 4.5 });
    dot.append(drawn('title', {}, `${name}: drive ${threeDigits(drive)}, accuracy ${percent(accuracy)}`));
    parts.push(dot);
  }
  return { leader, parts };
}

/**
 * @param {readonly Curve[]} curves
 * @param {readonly Mark[]} marks
 */
function describe(curves, marks) {
  const points = curves.find(({ kind }) => kind === 'accuracy')?.points ?? [];
  if (points.length === 0) return `Accuracy against drive, not measured yet; ${marks.length} frameworks are marked.`;
  const best = points.reduce((a, b) => (b[1] > a[1] ? b : a));
  const [first, highest, last] = [points[0], best, points[points.length - 1]].map(
    ([drive, accuracy]) => `${percent(accuracy)} at ${threeDigits(drive)}`,
  );
  return `Accuracy against drive: ${first}, highest with ${highest}, ${last}. A table of the numbers is below.`;
}
