// The picture of a sweep: shares against drive, on a logarithmic axis, and where frameworks stand on it.

import { drawn, make } from '../ui/dom.js';
import { amount, share } from './figures.js';

/**
 * @typedef {object} Curve
 * @property {'accuracy' | 'silent' | 'ties'} kind
 * @property {readonly (readonly [drive: number, share: number])[]} points by rising drive
 */

/**
 * @typedef {object} Mark a framework's defaults
 * @property {string} name
 * @property {number} drive
 * @property {number | null} accuracy null where it is not known yet
 * @property {boolean} swept
 */

/** Room around the plot, and the height of a lane of names under it, CSS pixels. */
const ROOM = { left: 44, right: 16, top: 28, axis: 28, lane: 20, gap: 12 };
const PLOT = { wide: 340, narrow: 260 };

/** Drives at both ends of the axis. */
const RANGE = /** @type {const} */ ([0.012, 6000]);
const TICKS = [0.01, 0.1, 1, 10, 100, 1000].filter((tick) => tick >= RANGE[0]);

/** Within this of the best accuracy a drive counts as balanced. */
export const PLATEAU = 0.02;

/** Width of a letter of the names, CSS pixels, with some to spare: names must not touch. */
const LETTER = 7;

/**
 * @param {HTMLElement} element
 */
export function createChart(element) {
  return {
    /**
     * @param {readonly Curve[]} curves
     * @param {readonly Mark[]} marks
     * @param {number | null} without accuracy of the network without spikes
     */
    draw(curves, marks, without) {
      const { width } = element.getBoundingClientRect();
      if (width === 0) return;
      const plotWidth = width - ROOM.left - ROOM.right;
      const plotHeight = width < 560 ? PLOT.narrow : PLOT.wide;
      const floor = ROOM.top + plotHeight;
      const x = (/** @type {number} */ drive) => ROOM.left + position(drive) * plotWidth;
      const y = (/** @type {number} */ value) => floor - value * plotHeight;
      const lanes = layNames(marks, x, ROOM.left - 4, width);
      const height = floor + ROOM.axis + ROOM.gap + lanesOf(lanes) * ROOM.lane;

      const svg = drawn('svg', {
        viewBox: `0 0 ${width} ${height}`,
        width,
        height,
        role: 'img',
        'aria-label': describe(curves, marks),
      });
      svg.append(...grid(x, y, width, floor), ...regions(curves, x));
      if (without !== null) {
        svg.append(
          drawn('line', { class: 'ann', x1: ROOM.left, x2: width - ROOM.right, y1: y(without), y2: y(without) }),
        );
      }
      for (const { kind, points } of curves) {
        const path = points.map(([drive, value]) => `${x(drive).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
        svg.append(drawn('polyline', { class: `curve ${kind}`, points: path }));
        if (kind === 'accuracy') {
          svg.append(...points.map(([d, v]) => drawn('circle', { class: 'sample-point', cx: x(d), cy: y(v), r: 2 })));
        }
      }
      const flags = lanes.map(({ mark, left, lane }) => flag(mark, x(mark.drive), left, lane, floor, y));
      svg.append(...flags.map(({ leader }) => leader), ...flags.flatMap(({ parts }) => parts));
      element.replaceChildren(svg);
    },
  };
}

/** @param {number} drive @returns {number} from 0 to 1 along the axis */
function position(drive) {
  return Math.log(drive / RANGE[0]) / Math.log(RANGE[1] / RANGE[0]);
}

/**
 * @param {(drive: number) => number} x
 * @param {(value: number) => number} y
 * @param {number} width
 * @param {number} floor
 */
function grid(x, y, width, floor) {
  const right = width - ROOM.right;
  return [
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((value) => [
      drawn('line', {
        class: 'rule',
        x1: ROOM.left,
        x2: right,
        y1: Math.round(y(value)) + 0.5,
        y2: Math.round(y(value)) + 0.5,
      }),
      drawn(
        'text',
        { class: 'tick-name', x: ROOM.left - 8, y: y(value) + 4, 'text-anchor': 'end' },
        value === 1 ? '100 %' : String(value * 100),
      ),
    ]),
    ...TICKS.flatMap((tick) => [
      drawn('line', { class: 'tick', x1: x(tick), x2: x(tick), y1: floor, y2: floor + 5 }),
      drawn('text', { class: 'tick-name', x: x(tick), y: floor + 20, 'text-anchor': 'middle' }, amount(tick)),
    ]),
    drawn('text', { class: 'tick-name', x: ROOM.left, y: floor + 20 }, width < 560 ? 'drive' : 'thresholds'),
  ];
}

/**
 * Names what the sweep found: where most images are silent, where many tie.
 * @param {readonly Curve[]} curves
 * @param {(drive: number) => number} x
 */
function regions(curves, x) {
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
        ? [drawn('rect', { class: 'plateau', x: left - 2, y: ROOM.top - 6, width: right - left + 4, height: 2 })]
        : []),
      drawn('text', { class: 'region', x: (left + right) / 2, y: ROOM.top - 12, 'text-anchor': 'middle' }, name),
    ]);
}

/**
 * Lays the names of marks in lanes, the first lane that has room.
 * @param {readonly Mark[]} marks
 * @param {(drive: number) => number} x
 * @param {number} from
 * @param {number} to
 */
function layNames(marks, x, from, to) {
  /** @type {number[]} where the last name of each lane ends */
  const ends = [];
  return [...marks]
    .sort((a, b) => a.drive - b.drive)
    .map((mark) => {
      const wide = mark.name.length * LETTER;
      const left = Math.min(Math.max(x(mark.drive) - wide / 2, from), to - wide);
      let lane = ends.findIndex((end) => end + 8 <= left);
      if (lane < 0) lane = ends.length;
      ends[lane] = left + wide;
      return { mark, left: left + wide / 2, lane };
    });
}

/** @param {readonly { lane: number }[]} lanes */
function lanesOf(lanes) {
  return lanes.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
}

/**
 * @param {Mark} mark
 * @param {number} at
 * @param {number} left
 * @param {number} lane
 * @param {number} floor
 * @param {(value: number) => number} y
 */
function flag({ name, drive, accuracy, swept }, at, left, lane, floor, y) {
  const top = floor + ROOM.axis + ROOM.gap + lane * ROOM.lane;
  const emphasis = swept ? ' swept' : '';
  const leader = drawn('path', {
    class: `leader${emphasis}`,
    d: `M${at} ${accuracy === null ? floor : y(accuracy)}V${top - 8}L${left} ${top}`,
  });
  const parts = [drawn('text', { class: `mark-name${emphasis}`, x: left, y: top + 13, 'text-anchor': 'middle' }, name)];
  if (accuracy !== null) {
    const dot = drawn('circle', { class: `mark-dot${emphasis}`, cx: at, cy: y(accuracy), r: 4.5 });
    dot.append(drawn('title', {}, `${name}: drive ${amount(drive)}, accuracy ${share(accuracy)}`));
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
  const [drive, best] = points.reduce((a, b) => (b[1] > a[1] ? b : a));
  return `Accuracy against drive: ${share(points[0][1])} at ${amount(points[0][0])}, highest at ${amount(drive)} with ${share(best)}, ${share(points[points.length - 1][1])} at ${amount(points[points.length - 1][0])}. The figures are below.`;
}

/**
 * A table of figures behind a picture.
 * @param {HTMLTableElement} table
 * @param {readonly string[]} heads
 * @param {readonly (readonly string[])[]} rows
 */
export function fillTable(table, heads, rows) {
  table.replaceChildren(
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        ...heads.map((head, i) => make('th', i > 0 ? { scope: 'col', class: 'figure' } : { scope: 'col' }, head)),
      ),
    ),
    make(
      'tbody',
      {},
      ...rows.map(([first, ...rest]) =>
        make(
          'tr',
          {},
          make('th', { scope: 'row' }, first),
          ...rest.map((text) => make('td', { class: 'figure' }, text)),
        ),
      ),
    ),
  );
}
