// Draws the layers of the stage: the input as a picture, neurons as discs that light up, dense layers as pixels.

/** @import { Palette, Surface } from '../ui/canvas-surface.js' */
/** @import { Column } from './geometry.js' */
/** @import { PixelGrid } from './pixel-grid.js' */

import { channels } from '../ui/canvas-surface.js';

/** Pixels at least this large have a line in the colour of the paper between them, CSS pixels. */
const SEPARATED = 6;

/** Radii of a neuron, of the glow around a spike and of a ring, as shares of the room that a neuron has. */
const HIDDEN = { radius: 0.32, ring: 0.44 };
const OUTPUT = { radius: 0.3, ring: 0.4 };
const GLOW = 1.7;

/** The least radius of a ring, CSS pixels. */
const LEAST_RING = 4;

/** @typedef {Pick<Column, 'left' | 'top' | 'width' | 'across' | 'down' | 'pitch'>} InputColumn */

/**
 * Draws the input: faint ink under spikes, or under the weights of a neuron in place of spikes.
 * @param {Surface} surface
 * @param {InputColumn} column
 * @param {PixelGrid} grid
 * @param {object} values
 * @param {ArrayLike<number> | null} values.ink 0 to 255, `[inputs]`
 * @param {Float32Array} values.brightness 0 to 1, `[inputs]`
 * @param {Float32Array | null} values.weights -1 to 1, `[inputs]`
 */
export function drawInput({ context, palette }, column, grid, { ink, brightness, weights }) {
  const { data } = grid;
  const [paint, spike, up, down] = [palette.ink, palette.spike, palette.excite, palette.inhibit].map(channels);
  for (let i = 0; i < brightness.length; i++) {
    const value = weights ? Math.abs(weights[i]) * 0.9 : brightness[i] * 0.94;
    const over = weights ? (weights[i] > 0 ? up : down) : spike;
    const under = ink ? (ink[i] / 255) * 0.26 * (1 - value) : 0;
    const alpha = value + under;
    for (let c = 0; c < 3; c++) data[4 * i + c] = alpha > 0 ? (over[c] * value + paint[c] * under) / alpha : 0;
    data[4 * i + 3] = alpha * 255;
  }
  const { left, top, across, down: rows, pitch, width } = column;
  const height = rows === across ? width : rows * pitch;
  const y = rows === across ? Math.round(top) : top;
  grid.draw(context, left, y, width, height);
  if (pitch >= SEPARATED) drawSeparators(context, palette, column, y, height);
  context.strokeStyle = palette.hairline;
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, y + 0.5, width - 1, height - 1);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {InputColumn} column
 * @param {number} top
 * @param {number} height
 */
function drawSeparators(context, palette, { left, width, across, down, pitch }, top, height) {
  context.strokeStyle = palette.paper;
  context.lineWidth = 1;
  context.beginPath();
  for (let i = 1; i < across; i++) {
    const x = left + Math.round(i * pitch) + 0.5;
    context.moveTo(x, top);
    context.lineTo(x, top + height);
  }
  for (let i = 1; i < down; i++) {
    const y = top + Math.round(i * pitch) + 0.5;
    context.moveTo(left, y);
    context.lineTo(left + width, y);
  }
  context.stroke();
}

/**
 * Draws neurons as discs over the wires. All discs are first drawn at rest, as one path.
 * @param {Surface} surface
 * @param {Column} column
 * @param {Float32Array} brightness 0 to 1, `[neurons]`
 * @param {boolean} output
 * @param {readonly boolean[]} [silenced] neurons that are broken, which are hollow
 */
export function drawDiscs({ context, palette }, { x, y, unit }, brightness, output, silenced) {
  const radius = unit * (output ? OUTPUT : HIDDEN).radius;
  context.fillStyle = palette.rest;
  context.beginPath();
  for (let i = 0; i < brightness.length; i++) if (!silenced?.[i]) addDisc(context, x[i], y[i], radius);
  context.fill();
  if (silenced) {
    context.strokeStyle = palette.muted;
    context.lineWidth = 1;
    context.beginPath();
    for (const [i, isSilenced] of silenced.entries()) if (isSilenced) addDisc(context, x[i], y[i], radius - 0.5);
    context.stroke();
  }
  context.fillStyle = palette.spike;
  for (let i = 0; i < brightness.length; i++) {
    const value = brightness[i];
    if (value <= 0.02) continue;
    context.globalAlpha = value;
    drawDisc(context, x[i], y[i], radius);
    context.globalAlpha = 0.22 * value * value;
    drawDisc(context, x[i], y[i], radius * GLOW);
  }
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function drawDisc(context, x, y, radius) {
  context.beginPath();
  addDisc(context, x, y, radius);
  context.fill();
}

/**
 * Adds a circle to the path.
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
function addDisc(context, x, y, radius) {
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * Draws around each neuron an arc as long as its potential is near to the threshold.
 * @param {Surface} surface
 * @param {Column} column
 * @param {Float32Array} potentials in thresholds, `[neurons]`
 */
export function drawPotentials({ context, palette }, { x, y, unit }, potentials) {
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  for (const [i, potential] of potentials.entries()) {
    if (potential <= 0.02) continue;
    context.beginPath();
    context.arc(x[i], y[i], unit * OUTPUT.ring, -Math.PI / 2, Math.PI * (2 * Math.min(1, potential) - 0.5));
    context.stroke();
  }
}

/**
 * Draws a dense layer. A cell is as bright as its neurons on average.
 * @param {Surface} surface
 * @param {Column} column
 * @param {PixelGrid} grid
 * @param {Float32Array} brightness 0 to 1, `[neurons]`
 */
export function drawDense(
  { context, palette },
  { left, top, across, down, pitch, row, order, perCell },
  grid,
  brightness,
) {
  const { data } = grid;
  const [rest, spike] = [palette.rest, palette.spike].map(channels);
  for (let first = 0, cell = 0; first < order.length; first += perCell, cell++) {
    const end = Math.min(first + perCell, order.length);
    let sum = 0;
    for (let place = first; place < end; place++) sum += brightness[order[place]];
    const value = sum / (end - first);
    const at = 4 * ((cell % down) * across + Math.floor(cell / down));
    for (let c = 0; c < 3; c++) data[at + c] = rest[c] + (spike[c] - rest[c]) * value;
    data[at + 3] = 255;
  }
  grid.draw(context, left, top, across * pitch, down * row);
}

/**
 * Draws a ring around a neuron, or a frame around an input.
 * @param {Surface} surface
 * @param {Column} column
 * @param {number} index
 * @param {'input' | 'hidden' | 'output'} kind
 */
export function drawRing({ context, palette }, { x, y, unit }, index, kind) {
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  if (kind === 'input') {
    context.strokeRect(x[index] - unit / 2, y[index] - unit / 2, unit, unit);
    return;
  }
  const radius = Math.max(LEAST_RING, unit * (kind === 'output' ? OUTPUT : HIDDEN).ring);
  context.beginPath();
  context.arc(x[index], y[index], radius, 0, 2 * Math.PI);
  context.stroke();
}
