// Where the neurons of the stage are, in CSS pixels: a column of the stage per layer, the input as a picture at the left,
// the outputs one below the other at the right, hidden layers as grids between them.

/** @import { Network, Neuron } from '../simulator/types.js' */

import { displayOrder, hiddenShape, inputShape, placesIn } from './layers.js';

/** Room for wires between two columns, as a share of the height; and the largest share of the free width it may take. */
const GAP = { height: 0.15, free: 0.5 };

/** The largest distance between neurons, as a share of the height. */
const LARGEST = { hidden: 1 / 12, output: 1 / 10 };

/** The outputs are in one column, unless they would be closer than this, CSS pixels. */
const CLOSEST_OUTPUTS = 5;

/**
 * One layer. Places are counted down the columns of its grid; those of the input along its rows.
 * @typedef {object} Column
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} across columns of the grid
 * @property {number} down rows of the grid
 * @property {number} pitch distance between the columns of the grid
 * @property {number} row distance between the rows of the grid
 * @property {number} unit side of the square that is free for a neuron
 * @property {Float64Array} x centre of each neuron
 * @property {Float64Array} y centre of each neuron
 * @property {ArrayLike<number>} order the neuron at each place
 */

/**
 * @typedef {object} Geometry
 * @property {readonly number[]} sizes
 * @property {readonly Column[]} columns
 */

/** @type {Geometry} */
export const NOTHING = { sizes: [], columns: [] };

/**
 * @param {number} width
 * @param {number} height
 * @param {readonly number[]} sizes
 * @param {Network | null} network
 * @returns {Geometry}
 */
export function geometryOf(width, height, sizes, network) {
  if (sizes.length === 0) return NOTHING;
  const last = sizes.length - 1;
  const grids = sizes.map((size, layer) =>
    layer === 0 ? inputGrid(size, height) : layer === last ? outputGrid(size, height) : null,
  );
  const free = width - height - (grids[last]?.width ?? 0);
  const gap = Math.min(GAP.height * height, (GAP.free * free) / last);
  const room = Math.max(1, (free - gap * last) / Math.max(1, last - 1));
  const shapes = sizes.map((size, layer) => grids[layer] ?? hiddenGrid(size, height, room));
  const spread = shapes.reduce((rest, shape) => rest - shape.width, width) / last;
  let left = 0;
  const columns = shapes.map((shape, layer) => {
    const column = columnOf(shape, left, height, layer === 0, displayOrder(network, sizes, layer));
    left += shape.width + spread;
    return column;
  });
  return { sizes, columns };
}

/** @typedef {Pick<Column, 'width' | 'across' | 'down' | 'pitch' | 'row' | 'unit'>} Grid */

/**
 * @param {number} size
 * @param {number} height
 * @returns {Grid}
 */
function inputGrid(size, height) {
  const { columns, rows } = inputShape(size);
  const cell = height / columns;
  return { width: height, across: columns, down: rows, pitch: cell, row: cell, unit: cell };
}

/**
 * @param {number} size
 * @param {number} height
 * @returns {Grid}
 */
function outputGrid(size, height) {
  const across = Math.ceil((size * CLOSEST_OUTPUTS) / Math.max(height, CLOSEST_OUTPUTS));
  const down = Math.ceil(size / across);
  const row = height / down;
  const unit = Math.min(row, height * LARGEST.output);
  return { width: across * unit, across, down, pitch: unit, row, unit };
}

/**
 * @param {number} size
 * @param {number} height
 * @param {number} room width that it may take
 * @returns {Grid}
 */
function hiddenGrid(size, height, room) {
  let { across } = hiddenShape(size);
  const pitchFor = (/** @type {number} */ columns) =>
    Math.min(height / Math.ceil(size / columns), height * LARGEST.hidden);
  while (across > 1 && across * pitchFor(across) > room + 1e-6) across -= 1;
  const pitch = across > 1 ? pitchFor(across) : Math.min(pitchFor(1), room);
  return { width: across * pitch, across, down: Math.ceil(size / across), pitch, row: pitch, unit: pitch };
}

/**
 * @param {Grid} grid
 * @param {number} left
 * @param {number} height
 * @param {boolean} rowMajor
 * @param {ArrayLike<number>} order
 * @returns {Column}
 */
function columnOf(grid, left, height, rowMajor, order) {
  const { across, down, pitch, row } = grid;
  const top = (height - down * row) / 2;
  const places = placesIn(order);
  const x = new Float64Array(order.length);
  const y = new Float64Array(order.length);
  for (const [neuron, place] of places.entries()) {
    const [column, line] = rowMajor
      ? [place % across, Math.floor(place / across)]
      : [Math.floor(place / down), place % down];
    x[neuron] = left + (column + 0.5) * pitch;
    y[neuron] = top + (line + 0.5) * row;
  }
  return { ...grid, left, top, x, y, order };
}

/**
 * The neuron at a place of the stage.
 * @param {Geometry} geometry
 * @param {number} x
 * @param {number} y
 * @returns {Neuron | null}
 */
export function neuronAt({ columns }, x, y) {
  for (const [
    layer,
    { left, top, across, down, pitch, row, unit, order, x: centres, y: middles },
  ] of columns.entries()) {
    const column = Math.floor((x - left) / pitch);
    const line = Math.floor((y - top) / row);
    if (column < 0 || line < 0 || column >= across || line >= down) continue;
    const place = layer === 0 ? line * across + column : column * down + line;
    if (place >= order.length) continue;
    const index = order[place];
    // Pixels fill their squares, neurons are round.
    if (layer === 0 || Math.hypot(centres[index] - x, middles[index] - y) < unit / 2) return { layer, index };
  }
  return null;
}
