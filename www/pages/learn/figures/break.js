// Break it: how many of a hundred digits are read as more and more is broken, with spikes and without. The build measures it; on the
// page, the figure is the element.

/** @import { Facts, Words } from '../types.js' */

import { sentence } from '../fill.js';
import { createPlot } from '../plot.js';

/** @typedef {'silence' | 'noise' | 'bits' | 'drop'} Kind */
/** @typedef {{ value: number, spiking: number, ann: number }} Point how much is broken, and how many digits are read */
/** @typedef {{ digits: number, sweeps: Record<Kind, readonly Point[]> }} Data bits: none are 32 */

/** What is measured, from nothing to much. @type {Record<Kind, readonly number[]>} */
export const VALUES = {
  silence: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
  noise: [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2],
  bits: [32, 4, 3, 2, 1],
  drop: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
};

/** What is broken, as the simulator takes it. @param {Kind} kind @param {number} value */
export const damageOf = (kind, value) => (value === VALUES[kind][0] ? '' : `${kind}:${value}`);

/** The numbers of the text: each at its place in a sweep. @type {readonly [name: string, kind: Kind, value: number][]} */
const TOLD = [
  ['Whole', 'silence', 0],
  ['ThirdSilent', 'silence', 0.3],
  ['Silent', 'silence', 0.7],
  ['Noise', 'noise', 1],
  ['Bits4', 'bits', 4],
  ['Bits2', 'bits', 2],
  ['Bits1', 'bits', 1],
  ['Dropped', 'drop', 0.5],
  ['MostDropped', 'drop', 0.9],
];

/** The weights that the program of the chapter rounds. */
const EXAMPLE = [0.31, -0.52, 0.08, 0.9, -0.17, -0.66];

/** The squared error of their rounding. @param {number} bits */
function errorOf(bits) {
  const step = 0.9 / (2 ** (bits - 1) - 1);
  return EXAMPLE.reduce((sum, weight) => sum + (Math.round(weight / step) * step - weight) ** 2, 0).toFixed(4);
}

/** @param {Data} data @returns {Facts} */
export function factsOf({ digits, sweeps }) {
  /** @type {Facts} */
  const facts = { digits: String(digits), error4: errorOf(4), error3: errorOf(3), error2: errorOf(2) };
  for (const [name, kind, value] of TOLD) {
    const point = sweeps[kind].find((each) => each.value === value);
    if (!point) continue;
    facts[`read${name}`] = String(point.spiking);
    facts[`ann${name}`] = String(point.ann);
  }
  return facts;
}

/**
 * @param {Data} data
 * @param {Words} words
 */
export function draw({ digits, sweeps }, words) {
  const plots = /** @type {Kind[]} */ (Object.keys(VALUES)).map((kind) => {
    const points = sweeps[kind];
    // Bits are not on a scale: one place each.
    const at = (/** @type {Point} */ point) => (kind === 'bits' ? points.indexOf(point) : point.value);
    const places = points.map(at);
    const plot = createPlot({
      x: {
        from: places[0],
        to: places[places.length - 1],
        ticks: kind === 'bits' ? places : kind === 'noise' ? [0, 1, 2] : [0, 0.3, 0.6, 0.9],
        name: words[kind],
        say: (place) => {
          if (kind !== 'bits') return `${Math.round(100 * place)} %`;
          return points[place].value === 32 ? '–' : String(points[place].value);
        },
      },
      y: { from: 0, to: digits, ticks: [0, digits / 2, digits], name: words.read },
    });
    plot.curve(
      points.map((point) => [at(point), point.ann]),
      'curve full',
    );
    plot.curve(points.map((point) => [at(point), point.spiking]));
    const list = points.map(({ value, spiking, ann }) => `${value}: ${spiking}, ${ann}`).join('; ');
    return plot.html(sentence(words.label, { kind: words[kind], list }), 'small');
  });
  return `<div class="four">${plots.join('')}</div><p class="key"><span><span class="line"></span>${words.spiking}</span><span><span class="line full"></span>${words.ann}</span></p>`;
}
