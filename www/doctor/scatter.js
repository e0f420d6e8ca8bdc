// Activation against spike rate in one layer, a point for one neuron in one presentation.

/** @import { DoctorLayer } from './types.js' */

import { drawn } from '../ui/dom.js';
import { fixed } from '../ui/number-format.js';

/** Size of the drawing and the room for its axes, in units of its view box. */
const SIZE = { width: 240, height: 200, left: 36, bottom: 34, top: 8, right: 10 };

/**
 * @param {DoctorLayer} layer
 * @returns {Element} an SVG that fills the width it has
 */
export function scatterOf({ name, r, slope, points }) {
  const [width, height] = [SIZE.width - SIZE.left - SIZE.right, SIZE.height - SIZE.top - SIZE.bottom];
  const most = (/** @type {0 | 1} */ which) => Math.max(0, ...points.map((point) => point[which]));
  // Activations below 0 become no spikes.
  const least = Math.min(0, ...points.map(([activation]) => activation));
  const [right, top] = [Math.max(most(0), 0.01) * 1.05, Math.max(most(1), 0.01) * 1.05];
  const x = (/** @type {number} */ activation) => SIZE.left + ((activation - least) / (right - least)) * width;
  const y = (/** @type {number} */ rate) => SIZE.top + height - (rate / top) * height;
  const svg = drawn('svg', {
    viewBox: `0 0 ${SIZE.width} ${SIZE.height}`,
    class: 'scatter',
    role: 'img',
    'aria-label': `${name}: spike rate against activation, correlation ${fixed(r, 3)}, slope ${fixed(slope, 2)}`,
  });
  const end = Math.min(right, top);
  svg.append(
    drawn('line', { class: 'rule', x1: SIZE.left, x2: SIZE.width - SIZE.right, y1: y(0), y2: y(0) }),
    drawn('line', { class: 'rule', x1: x(0), x2: x(0), y1: SIZE.top, y2: y(0) }),
    drawn('line', { class: 'expected', x1: x(0), y1: y(0), x2: x(end), y2: y(end) }),
    ...points.map(([activation, rate]) => drawn('circle', { class: 'point', cx: x(activation), cy: y(rate), r: 1.6 })),
    text(SIZE.left - 6, y(0) + 4, '0', 'end'),
    text(SIZE.left - 6, y(top / 1.05) + 8, twoDigits(top / 1.05), 'end'),
    text(x(right / 1.05), y(0) + 14, twoDigits(right / 1.05), 'end'),
    text(SIZE.width - SIZE.right, SIZE.height - 4, 'activation', 'end'),
    drawn(
      'text',
      { x: 0, y: 0, 'text-anchor': 'middle', transform: `translate(10 ${SIZE.top + height / 2}) rotate(-90)` },
      'spikes per step',
    ),
  );
  return svg;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {string} anchor
 */
function text(x, y, words, anchor) {
  return drawn('text', { x, y, 'text-anchor': anchor }, words);
}

/** @param {number} value */
function twoDigits(value) {
  return String(Number(value.toPrecision(2)));
}
