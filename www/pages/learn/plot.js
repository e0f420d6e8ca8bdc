// A plot as SVG markup: as wide as its place, with text that keeps its size.

import { escapeText, picture, short } from './svg.js';

/**
 * @typedef {object} Axis
 * @property {number} from
 * @property {number} to
 * @property {readonly number[]} ticks
 * @property {string} name what the numbers are
 * @property {boolean} [log] is the axis logarithmic?
 * @property {(value: number) => string} [say] the text of a tick
 */

/** Units across and down the part that stretches. */
const UNITS = 1000;

/** @param {Axis} axis @returns {(value: number) => number} the place of a value, from 0 to 1 */
function scaleOf({ from, to, log }) {
  const at = log ? Math.log : (/** @type {number} */ value) => value;
  return (value) => (at(value) - at(from)) / (at(to) - at(from));
}

/** A place in the part that stretches: a tenth of a unit is not seen. @param {number} share */
const place = (share) => String(Math.round(10 * UNITS * share) / 10);

/** @param {number} share */
const percent = (share) => `${short(100 * share)}%`;

/** @param {{ x: Axis, y: Axis }} axes */
export function createPlot({ x, y }) {
  const [across, up] = [scaleOf(x), scaleOf(y)];
  const left = (/** @type {number} */ value) => percent(across(value));
  const top = (/** @type {number} */ value) => percent(1 - up(value));
  /** @type {string[]} */
  const stretched = [];
  /** @type {string[]} */
  const fixed = [];

  /** @param {string} text @param {string} attributes */
  const words = (text, attributes) => `<text ${attributes}>${escapeText(text)}</text>`;

  return {
    /**
     * @param {readonly (readonly [number, number])[]} points
     * @param {string} [name] of its class
     */
    curve(points, name = 'curve') {
      const places = points.map(([a, b]) => `${place(across(a))} ${place(1 - up(b))}`);
      stretched.push(`<path class="${name}" vector-effect="non-scaling-stroke" d="M${places.join('L')}"/>`);
    },

    /**
     * Vertical lines from the bottom up.
     * @param {readonly number[]} values on the x axis
     * @param {number} height on the y axis
     * @param {string} [name] of their class
     */
    lines(values, height, name = 'ticks') {
      const run = short(UNITS * up(height));
      const d = values.map((value) => `M${place(across(value))} ${UNITS}v-${run}`).join('');
      stretched.push(`<path class="${name}" vector-effect="non-scaling-stroke" d="${d}"/>`);
    },

    /** @param {number} from @param {number} to @param {number} height @param {string} [name] of its class */
    bar(from, to, height, name = 'column') {
      const width = percent(across(to) - across(from));
      fixed.push(
        `<rect class="${name}" x="${left(from)}" y="${top(height)}" width="${width}" height="${percent(up(height))}"/>`,
      );
    },

    /** @param {number} a @param {number} b @param {string} [name] of its class */
    dot(a, b, name = 'dot') {
      fixed.push(`<circle class="${name}" cx="${left(a)}" cy="${top(b)}" r="4"/>`);
    },

    /** A line across the whole plot. @param {number} value @param {string} [name] of its class */
    level(value, name = 'level') {
      fixed.push(`<line class="${name}" x1="0" x2="100%" y1="${top(value)}" y2="${top(value)}"/>`);
    },

    /** A line from the bottom to the top. @param {number} value @param {string} [name] of its class */
    upright(value, name = 'upright') {
      fixed.push(`<line class="${name}" x1="${left(value)}" x2="${left(value)}" y1="0" y2="100%"/>`);
    },

    /**
     * @param {number} a
     * @param {number} b
     * @param {string} text
     * @param {{ anchor?: 'start' | 'middle' | 'end', dx?: number, dy?: number }} [options]
     */
    note(a, b, text, { anchor = 'start', dx = 8, dy = 4 } = {}) {
      fixed.push(
        words(text, `class="note" x="${left(a)}" y="${top(b)}" dx="${dx}" dy="${dy}" text-anchor="${anchor}"`),
      );
    },

    /** @param {string} label what it shows, for screen readers @param {string} [name] of its class */
    html(label, name = '') {
      const ticks = [
        ...x.ticks.map((value) =>
          words((x.say ?? String)(value), `class="tick" x="${left(value)}" y="100%" dy="20" text-anchor="middle"`),
        ),
        ...y.ticks.map((value) =>
          words((y.say ?? String)(value), `class="tick" x="0" y="${top(value)}" dx="-8" dy="4" text-anchor="end"`),
        ),
        ...y.ticks.map((value) => `<line class="grid" x1="0" x2="100%" y1="${top(value)}" y2="${top(value)}"/>`),
        words(x.name, 'class="name" x="100%" y="100%" dy="38" text-anchor="end"'),
        words(y.name, 'class="name" x="0" y="0" dx="-48" dy="-12"'),
      ];
      const curves = `<svg class="stretched" viewBox="0 0 ${UNITS} ${UNITS}" preserveAspectRatio="none">${stretched.join('')}</svg>`;
      // The style sheet leaves room around the picture for what lies outside of its axes.
      return picture(`plot ${name}`.trim(), label, `${ticks.join('')}${curves}${fixed.join('')}`);
    },
  };
}
