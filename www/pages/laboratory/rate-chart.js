// Draws f–I curves: spikes per step against a constant input, both on logarithmic axes, so that the thresholds of all dialects are
// in sight. Where a curve begins is its threshold, where it ends level its refractory period.

import { drawChart, drawRule, drawTick, nameAxis } from '../../ui/chart-axes.js';
import { drawn } from '../../ui/dom.js';
import { threeDigits } from './number-format.js';

/** Margins around the plot, and its height, CSS pixels. */
const MARGIN = { left: 56, right: 16, top: 12, axis: 48 };
const HEIGHT = { wide: 320, narrow: 260 };

/** Powers of ten of the first and the last input, and of the least and the highest rate. */
const INPUTS = /** @type {const} */ ([-3, 3.6]);
const RATES = /** @type {const} */ ([-3, 2]);

/** The highest rate that is drawn; a curve that goes beyond it ends there. */
const MOST = 10 ** RATES[1];

/**
 * @typedef {object} Curve
 * @property {string} name of the dialect
 * @property {readonly number[]} inputs ascending
 * @property {readonly number[]} rates spikes per step
 * @property {'above' | 'below' | 'other'} kind
 */

/**
 * @param {readonly Curve[]} curves those of other dialects first
 * @param {number} input the one that is marked
 * @param {number} width CSS pixels
 */
export function drawRates(curves, input, width) {
  const plot = { width: width - MARGIN.left - MARGIN.right, height: width < 560 ? HEIGHT.narrow : HEIGHT.wide };
  const floor = MARGIN.top + plot.height;
  const height = floor + MARGIN.axis;
  const along = (/** @type {number} */ value, /** @type {readonly [number, number]} */ [first, last]) =>
    (Math.min(Math.max(Math.log10(value), first), last) - first) / (last - first);
  const x = (/** @type {number} */ value) => MARGIN.left + along(value, INPUTS) * plot.width;
  const y = (/** @type {number} */ value) => floor - along(value, RATES) * plot.height;
  const svg = drawChart(width, height, describe(curves));
  svg.append(...drawGrid(x, y, width, floor));
  svg.append(drawn('line', { class: 'marked-input', x1: x(input), x2: x(input), y1: MARGIN.top, y2: floor }));
  for (const { name, inputs, rates, kind } of curves) {
    const points = inputs.flatMap((value, i) =>
      rates[i] > 0 && rates[i] <= MOST ? [`${x(value).toFixed(1)},${y(rates[i]).toFixed(1)}`] : [],
    );
    if (points.length === 0) continue;
    // From the axis to the first rate: the threshold.
    const [first] = points[0].split(',');
    const line = drawn('polyline', { class: `rate-curve ${kind}`, points: [`${first},${floor}`, ...points].join(' ') });
    line.append(drawn('title', {}, name));
    svg.append(line);
  }
  return svg;
}

/**
 * @param {(value: number) => number} x
 * @param {(value: number) => number} y
 * @param {number} width
 * @param {number} floor
 */
function drawGrid(x, y, width, floor) {
  const powers = (/** @type {readonly [number, number]} */ [first, last]) =>
    Array.from({ length: Math.floor(last) - first + 1 }, (_, i) => 10 ** (first + i));
  return [
    ...powers(RATES).flatMap((value) => drawRule(threeDigits(value), y(value), [MARGIN.left, width - MARGIN.right])),
    ...powers(INPUTS).flatMap((value) => drawTick(threeDigits(value), x(value), floor)),
    nameAxis('Constant input through a weight of 1', MARGIN.left, floor + 40),
  ];
}

/** @param {readonly Curve[]} curves */
function describe(curves) {
  const each = curves
    .filter(({ kind }) => kind !== 'other')
    .map(({ name, inputs, rates }) => {
      const first = rates.findIndex((rate) => rate > 0);
      if (first < 0) return `${name} never spikes`;
      return `${name} spikes from an input of ${threeDigits(inputs[first])} on, and ${threeDigits(rates[rates.length - 1])} times per step at the largest input`;
    });
  return `Spikes per step against constant input: ${each.join('; ')}. A table of the numbers is below.`;
}
