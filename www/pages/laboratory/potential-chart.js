// Draws membrane potentials against time, a row for each dialect: each in the units of its framework, with its threshold and its
// spikes.

import { drawChart, drawRule, nameAxis, nameTick } from '../../ui/chart-axes.js';
import { drawn } from '../../ui/dom.js';
import { threeDigits } from './number-format.js';

/** Room at the left for numbers, at the right, above a row for its name, between rows, and below all for the axis, CSS pixels. */
const MARGIN = { left: 64, right: 12, heading: 30, gap: 20, axis: 40 };

/** Height of a row, and of the strip for spikes above it, CSS pixels. */
const ROW = 104;
const STRIP = 12;

/** A threshold that is further away than this many times the range of the potentials is not drawn. */
const FAR = 4;

/**
 * @typedef {object} Course the potential of one neuron
 * @property {string} name of the dialect
 * @property {ArrayLike<number>} potentials after each step
 * @property {ArrayLike<number>} spikes in each step
 * @property {number | null} threshold null where there is none
 */

/**
 * @param {readonly Course[]} courses
 * @param {readonly [from: number, to: number]} steps that are shown, counted from 1
 * @param {string} neuron its name
 * @param {number} width CSS pixels
 */
export function drawPotentials(courses, [from, to], neuron, width) {
  const perRow = MARGIN.heading + ROW + MARGIN.gap;
  const height = courses.length * perRow - MARGIN.gap + MARGIN.axis;
  const perStep = (width - MARGIN.left - MARGIN.right) / Math.max(1, to - from + 1);
  const x = (/** @type {number} */ step) => MARGIN.left + (step - from + 0.5) * perStep;
  const svg = drawChart(width, height, describe(courses, [from, to], neuron));
  for (const [i, course] of courses.entries()) {
    svg.append(...drawRow(course, [from, to], x, i * perRow, width));
  }
  svg.append(...drawTime([from, to], x, height));
  return svg;
}

/**
 * @param {Course} course
 * @param {readonly [number, number]} steps
 * @param {(step: number) => number} x
 * @param {number} top
 * @param {number} width
 */
function drawRow({ name, potentials, spikes, threshold }, [from, to], x, top, width) {
  const steps = stepsOf(potentials, [from, to]);
  const values = steps.map((step) => potentials[step - 1]);
  const { low, high, isNear } = rangeOf(values, threshold);
  const [ceiling, floor] = [top + MARGIN.heading + STRIP, top + MARGIN.heading + ROW];
  const y = (/** @type {number} */ value) => floor - ((value - low) / (high - low)) * (floor - ceiling);
  const right = width - MARGIN.right;
  const parts = [
    drawn('text', { class: 'row-name', x: 0, y: top + 16 }, shortened(name, width)),
    ...[low, high].flatMap((value) => drawRule(threeDigits(value), y(value), [MARGIN.left, right])),
  ];
  if (isNear) {
    const at = y(Number(threshold));
    parts.push(drawn('line', { class: 'threshold', x1: MARGIN.left, x2: right, y1: at, y2: at }));
  }
  const points = steps.map((step) => `${x(step).toFixed(1)},${y(potentials[step - 1]).toFixed(1)}`);
  parts.push(drawn('polyline', { class: 'course', points: points.join(' ') }));
  for (const step of steps.filter((each) => spikes[each - 1] > 0)) {
    const tick = drawn('line', { class: 'spike', x1: x(step), x2: x(step), y1: ceiling - STRIP, y2: ceiling - 3 });
    if (spikes[step - 1] > 1) tick.append(drawn('title', {}, `${spikes[step - 1]} spikes in step ${step}`));
    parts.push(tick);
  }
  return parts;
}

/** Width of a bold letter, CSS pixels; an upper bound. */
const LETTER = 7.6;

/**
 * A name that fits above a row.
 * @param {string} name
 * @param {number} width CSS pixels
 */
function shortened(name, width) {
  const most = Math.max(8, Math.floor(width / LETTER));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/**
 * The steps of a window that a recording has.
 * @param {ArrayLike<number>} potentials
 * @param {readonly [number, number]} steps
 */
function stepsOf(potentials, [from, to]) {
  return Array.from({ length: Math.max(0, Math.min(to, potentials.length) - from + 1) }, (_, i) => from + i);
}

/**
 * The range of an axis, and whether the threshold is in it.
 * @param {readonly number[]} values
 * @param {number | null} threshold
 */
function rangeOf(values, threshold) {
  const finite = values.filter(Number.isFinite);
  let [low, high] = finite.length > 0 ? [Math.min(...finite), Math.max(...finite)] : [0, 1];
  const isNear =
    threshold !== null && threshold <= high + FAR * (high - low || 1) && threshold >= low - FAR * (high - low || 1);
  if (isNear) [low, high] = [Math.min(low, threshold), Math.max(high, threshold)];
  return high > low ? { low, high, isNear } : { low: low - 0.5, high: high + 0.5, isNear };
}

/**
 * @param {readonly [number, number]} steps
 * @param {(step: number) => number} x
 * @param {number} height
 */
function drawTime([from, to], x, height) {
  const steps = to - from + 1;
  const every = steps > 200 ? 50 : steps > 60 ? 20 : steps > 30 ? 10 : 5;
  const first = Math.ceil(from / every) * every;
  const ticks = Array.from({ length: Math.max(0, Math.floor((to - first) / every) + 1) }, (_, i) => first + i * every);
  return [...ticks.map((step) => nameTick(String(step), x(step), height - 18)), nameAxis('Step', 0, height - 18)];
}

/**
 * @param {readonly Course[]} courses
 * @param {readonly [number, number]} steps
 * @param {string} neuron
 */
function describe(courses, [from, to], neuron) {
  const each = courses.map(({ name, potentials, spikes }) => {
    const steps = stepsOf(potentials, [from, to]);
    const values = steps.map((step) => potentials[step - 1]);
    const count = steps.reduce((sum, step) => sum + spikes[step - 1], 0);
    const range =
      values.length > 0 ? `from ${threeDigits(Math.min(...values))} to ${threeDigits(Math.max(...values))}` : '';
    return `${name} ${range}, ${count === 1 ? '1 spike' : `${count} spikes`}`;
  });
  return `Membrane potential of ${neuron} in steps ${from} to ${to}: ${each.join('; ')}.`;
}
