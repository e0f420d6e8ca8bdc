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

/** Neurons closer than this are cells of a grid instead of discs, CSS pixels. */
const DENSE = 4;

/** The smallest side of a cell, CSS pixels. A layer with more neurons than there is room for has several in a cell. */
const SMALLEST_CELL = 2;

/**
 * The room that each layer after the input has at least, CSS pixels. In a network of many layers the picture of the input
 * gets smaller, but takes at least this share of the width.
 */
const LEAST = { layer: 16, input: 0.3 };

/**
 * One layer: a grid of cells, which hold one neuron or several neighbours in the display order. Places are counted down the
 * columns of the grid; those of the input along its rows.
 * @typedef {object} Column
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} across columns of the grid
 * @property {number} down rows of the grid
 * @property {number} pitch distance between the columns of the grid
 * @property {number} row distance between the rows of the grid
 * @property {number} unit side of the square that is free for a neuron
 * @property {number} perCell neurons in a cell; fewer in the last one
 * @property {Float64Array} x centre of each neuron's cell
 * @property {Float64Array} y centre of each neuron's cell
 * @property {ArrayLike<number>} order the neuron at each place; a cell holds `perCell` places
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
  const output = outputGrid(sizes[last], height);
  const side = Math.max(LEAST.input * width, width - output.width - LEAST.layer * last);
  const input = inputGrid(sizes[0], side < height ? Math.floor(side) : height);
  const grids = sizes.map((_, layer) => (layer === 0 ? input : layer === last ? output : null));
  const free = width - input.width - output.width;
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

/** @param {Pick<Column, 'unit'>} column are its neurons cells instead of discs? */
export function isDense({ unit }) {
  return unit < DENSE;
}

/** @typedef {Pick<Column, 'width' | 'across' | 'down' | 'pitch' | 'row' | 'unit' | 'perCell'>} Grid */

/**
 * @param {number} size
 * @param {number} side
 * @returns {Grid}
 */
function inputGrid(size, side) {
  const { columns, rows } = inputShape(size);
  const cell = side / columns;
  return { width: side, across: columns, down: rows, pitch: cell, row: cell, unit: cell, perCell: 1 };
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
  return { width: across * unit, across, down, pitch: unit, row, unit, perCell: 1 };
}

/**
 * @param {number} size
 * @param {number} height
 * @param {number} room width that it may take
 * @returns {Grid}
 */
function hiddenGrid(size, height, room) {
  for (let perCell = 1; ; perCell *= 2) {
    const grid = gridOf(Math.ceil(size / perCell), height, room);
    if (Math.min(grid.row, grid.pitch) >= SMALLEST_CELL || perCell >= size) return { ...grid, perCell };
  }
}

/**
 * @param {number} cells
 * @param {number} height
 * @param {number} room width that it may take
 */
function gridOf(cells, height, room) {
  let { across } = hiddenShape(cells);
  const rowFor = (/** @type {number} */ columns) =>
    Math.min(height / Math.ceil(cells / columns), height * LARGEST.hidden);
  while (across > 1 && across * rowFor(across) > room + 1e-6) across -= 1;
  const row = rowFor(across);
  // A single column of cells that are low may be wider than high.
  const pitch = across > 1 ? row : Math.min(Math.max(row, DENSE), room);
  return { width: across * pitch, across, down: Math.ceil(cells / across), pitch, row, unit: Math.min(row, pitch) };
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
  const { across, down, pitch, row, perCell } = grid;
  const top = (height - down * row) / 2;
  const places = placesIn(order);
  const x = new Float64Array(order.length);
  const y = new Float64Array(order.length);
  for (const [neuron, place] of places.entries()) {
    const cell = Math.floor(place / perCell);
    const [column, line] = rowMajor
      ? [cell % across, Math.floor(cell / across)]
      : [Math.floor(cell / down), cell % down];
    x[neuron] = left + (column + 0.5) * pitch;
    y[neuron] = top + (line + 0.5) * row;
  }
  return { ...grid, left, top, x, y, order };
}

/**
 * The neuron at a place of the stage; the first one of a cell that holds several.
 * @param {Geometry} geometry
 * @param {number} x
 * @param {number} y
 * @returns {Neuron | null}
 */
export function neuronAt({ columns }, x, y) {
  for (const [layer, grid] of columns.entries()) {
    const { left, top, across, down, pitch, row, unit, order, x: centres, y: middles } = grid;
    const column = Math.floor((x - left) / pitch);
    const line = Math.floor((y - top) / row);
    if (column < 0 || line < 0 || column >= across || line >= down) continue;
    const place = (layer === 0 ? line * across + column : column * down + line) * grid.perCell;
    if (place >= order.length) continue;
    const index = order[place];
    // Pixels and cells fill their place, discs do not.
    const filled = layer === 0 || isDense(grid);
    if (filled || Math.hypot(centres[index] - x, middles[index] - y) < unit / 2) return { layer, index };
  }
  return null;
}

/**
 * The neuron at a place of the stage, or the nearest one.
 * @param {Geometry} geometry
 * @param {number} x
 * @param {number} y
 * @param {number} reach how far it may be, CSS pixels
 * @returns {Neuron | null}
 */
export function nearestNeuron(geometry, x, y, reach) {
  let nearest = neuronAt(geometry, x, y);
  if (nearest) return nearest;
  let least = reach;
  for (const [layer, column] of geometry.columns.entries()) {
    for (let index = 0; index < column.x.length; index++) {
      const distance = Math.hypot(column.x[index] - x, column.y[index] - y);
      if (distance >= least) continue;
      least = distance;
      nearest = { layer, index };
    }
  }
  return nearest;
}

/**
 * The neurons in the cell of a neuron.
 * @param {Column} column
 * @param {number} neuron
 * @returns {number[]}
 */
export function neuronsInCell({ order, perCell }, neuron) {
  const place = perCell === 1 ? -1 : Array.prototype.indexOf.call(order, neuron);
  if (place < 0) return [neuron];
  const first = place - (place % perCell);
  return Array.prototype.slice.call(order, first, first + perCell);
}
