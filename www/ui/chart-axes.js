// The axes of charts whose coordinates are CSS pixels, from the top left: rules across with their values before them, ticks
// below with theirs under them.

import { drawn } from './dom.js';

/**
 * An empty chart.
 * @param {number} width CSS pixels
 * @param {number} height CSS pixels
 * @param {string} description for screen readers
 */
export function drawChart(width, height, description) {
  return drawn('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': description });
}

/**
 * A rule across a chart, and its value at its left end.
 * @param {string} value
 * @param {number} y of the rule
 * @param {readonly [left: number, right: number]} ends of the rule
 * @param {number} [line] where the rule is drawn, if not at `y`: a whole pixel is sharp
 */
export function drawRule(value, y, [left, right], line = y) {
  return [
    drawn('line', { class: 'rule', x1: left, x2: right, y1: line, y2: line }),
    drawn('text', { class: 'tick-name', x: left - 8, y: y + 4, 'text-anchor': 'end' }, value),
  ];
}

/**
 * The name of a place on the axis below a chart.
 * @param {string} value
 * @param {number} x
 * @param {number} y of the text's baseline
 */
export function nameTick(value, x, y) {
  return drawn('text', { class: 'tick-name', x, y, 'text-anchor': 'middle' }, value);
}

/**
 * A tick below a chart, and its value under it.
 * @param {string} value
 * @param {number} x
 * @param {number} floor y of the axis
 */
export function drawTick(value, x, floor) {
  return [drawn('line', { class: 'tick', x1: x, x2: x, y1: floor, y2: floor + 5 }), nameTick(value, x, floor + 20)];
}

/**
 * What an axis measures.
 * @param {string} name
 * @param {number} x where it begins
 * @param {number} y of the text's baseline
 */
export function nameAxis(name, x, y) {
  return drawn('text', { class: 'axis-name', x, y }, name);
}
