// Where the neurons of the stage stand, in CSS pixels. The captions above them follow the same proportions (layout.css).

/** @import { Network, Pointed } from '../simulator/types.js' */

/** The display of the hidden layer: 16 places down, 8 across; the network's own layout has them row by row of 16. */
const DOWN = 16;
const ACROSS = 8;

const SIDE = 28;

/**
 * @typedef {object} Geometry
 * @property {number} cell side of a pixel of the input
 * @property {number} pitch distance between hidden neurons
 * @property {number} row distance between outputs
 * @property {number} inputRight right edge of the input
 * @property {(neuron: number) => [x: number, y: number]} input centre of an input neuron
 * @property {(neuron: number) => [x: number, y: number]} hidden centre of a hidden neuron
 * @property {(neuron: number) => [x: number, y: number]} output centre of an output neuron
 */

/**
 * @param {number} width
 * @param {number} height
 * @param {Network | null} network
 * @returns {Geometry}
 */
export function geometryOf(width, height, network) {
  const cell = height / SIDE;
  const pitch = height / DOWN;
  const row = height / 10;
  const hiddenWidth = ACROSS * pitch;
  const hiddenLeft = height + (width - height - hiddenWidth - row) / 2;
  const places = placesOf(network?.layout);
  return {
    cell,
    pitch,
    row,
    inputRight: height,
    input: (i) => [((i % SIDE) + 0.5) * cell, (Math.floor(i / SIDE) + 0.5) * cell],
    hidden: (i) => {
      const place = places[i];
      return [hiddenLeft + (Math.floor(place / DOWN) + 0.5) * pitch, ((place % DOWN) + 0.5) * pitch];
    },
    output: (i) => [width - row / 2, (i + 0.5) * row],
  };
}

/**
 * The neuron that stands at a place of the stage.
 * @param {Geometry} geometry
 * @param {number} x
 * @param {number} y
 * @returns {Pointed | null}
 */
export function neuronAt({ cell, inputRight, hidden, output, pitch, row }, x, y) {
  if (x >= 0 && y >= 0 && x < inputRight && y < inputRight) {
    return { layer: 0, index: SIDE * Math.floor(y / cell) + Math.floor(x / cell) };
  }
  /** @type {readonly [Pointed['layer'], number, Geometry['hidden'], number][]} */
  const layers = [
    [1, ACROSS * DOWN, hidden, pitch / 2],
    [2, 10, output, row / 2],
  ];
  for (const [layer, size, place, reach] of layers) {
    for (let index = 0; index < size; index++) {
      const [left, top] = place(index);
      if (Math.hypot(left - x, top - y) < reach) return { layer, index };
    }
  }
  return null;
}

/**
 * The place of each hidden neuron on the display.
 * @param {Uint16Array} [layout]
 */
function placesOf(layout) {
  const places = new Uint16Array(ACROSS * DOWN);
  for (let place = 0; place < places.length; place++) places[layout ? layout[place] : place] = place;
  return places;
}
