// Where the rows of the raster are: a band per layer, and in it a row for every neuron, or for every 2nd, 4th, .. neuron.

/** @import { Network } from '../simulator/types.js' */

import { displayOrder, inputShape, placesIn } from './layers.js';

/**
 * Shares of the height: of the input, of all hidden layers together, of the output, and of the gap between two layers. On a
 * small laptop, each of 128 hidden neurons has at least one row of pixels.
 */
const SHARES = { input: 0.22, hidden: 0.57, output: 0.15, gap: 0.03 };

/** The least share of a hidden layer, before all shares are scaled to fill the height. */
const LEAST_HIDDEN = 0.08;

/** The gaps take no more than this share of the height. */
const MOST_GAPS = 0.2;

/** A layer shows every n-th neuron, with the least n of these for which a pixel holds at most `ROWS_PER_PIXEL` rows. */
const STRIDES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];
const ROWS_PER_PIXEL = 1.2;

/** Where the inputs of a stride are from fewer columns of the picture than this, the next stride is taken. */
const LEAST_COLUMNS = 5;

/**
 * @typedef {object} Band
 * @property {number} top CSS pixels
 * @property {number} height CSS pixels
 * @property {number} stride every n-th neuron has a row
 * @property {number} rows
 * @property {ArrayLike<number>} order the neuron at each place
 * @property {Int32Array} row the row of each neuron; -1 if it has none
 */

/**
 * @param {readonly number[]} sizes
 * @param {Network | null} network
 * @param {number} height CSS pixels
 * @param {number} scale device pixels per CSS pixel
 */
export function bandsOf(sizes, network, height, scale) {
  const last = sizes.length - 1;
  const gap = last > 0 ? Math.min(SHARES.gap, MOST_GAPS / last) : 0;
  const shares = sizes.map((_, layer) =>
    layer === 0 ? SHARES.input : layer === last ? SHARES.output : Math.max(SHARES.hidden / (last - 1), LEAST_HIDDEN),
  );
  const full = shares.reduce((sum, share) => sum + share, 0);
  let top = 0;
  const bands = sizes.map((size, layer) => {
    const share = (shares[layer] / full) * (1 - gap * last);
    const stride = strideOf(size, ROWS_PER_PIXEL * share * height * scale, layer === 0 ? inputShape(size).columns : 1);
    const band = bandOf(displayOrder(network, sizes, layer), top * height, share * height, stride);
    top += share + gap;
    return band;
  });
  return { bands, gap: gap * height };
}

/**
 * @param {number} size
 * @param {number} most rows
 * @param {number} columns of the picture that the neurons are
 */
function strideOf(size, most, columns) {
  const stride = STRIDES.find((each) => size / each <= most) ?? STRIDES[STRIDES.length - 1];
  const shown = columns / commonDivisor(stride, columns);
  return stride > 1 && shown < Math.min(LEAST_COLUMNS, columns) ? stride + 1 : stride;
}

/** @param {number} a @param {number} b @returns {number} the greatest common divisor */
function commonDivisor(a, b) {
  return b === 0 ? a : commonDivisor(b, a % b);
}

/**
 * @param {ArrayLike<number>} order
 * @param {number} top
 * @param {number} height
 * @param {number} stride
 * @returns {Band}
 */
function bandOf(order, top, height, stride) {
  const row = Int32Array.from(placesIn(order), (place) => (place % stride === 0 ? place / stride : -1));
  return { top: Math.round(top), height, stride, rows: Math.ceil(order.length / stride), order, row };
}
