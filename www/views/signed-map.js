// A picture of signed numbers, one per neuron of a layer: red pushes up, blue pushes down.

/** @import { PixelGrid } from './pixel-grid.js' */

import { channels, createSurface } from '../ui/canvas-surface.js';
import { make, mark, say } from '../ui/dom.js';
import { hiddenShape, inputShape } from './layers.js';
import { createPixelGrid } from './pixel-grid.js';

export function createSignedMap() {
  const canvas = make('canvas', { role: 'img', 'aria-label': 'Nothing is presented yet' });
  const caption = make('figcaption', {});
  const element = make('figure', {}, canvas, caption);
  const surface = createSurface(canvas);
  /** @type {{ columns: number, rows: number, pixels: PixelGrid } | null} */
  let grid = null;

  return {
    element,

    /**
     * @param {string} text
     * @param {string} [detail] for screen readers
     */
    setName(text, detail = '') {
      say(caption, text);
      mark(canvas, 'aria-label', `${[text, detail].filter(Boolean).join(' ')}: red pushes up, blue pushes down`);
    },

    /**
     * @param {Float32Array} values `[neurons]`
     * @param {ArrayLike<number> | null} order the neuron at each place of a hidden layer; null for the input
     */
    draw(values, order) {
      const { context, palette, width, height } = surface;
      const { columns, rows } = shapeOf(values.length, order !== null);
      const cell = Math.min(width / columns, height / rows);
      const most = values.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-12);
      const colours = { up: channels(palette.excite), down: channels(palette.inhibit) };
      if (!grid || grid.columns !== columns || grid.rows !== rows) {
        grid = { columns, rows, pixels: createPixelGrid(columns, rows) };
      }
      const { data } = grid.pixels;
      data.fill(0);
      for (let place = 0; place < values.length; place++) {
        const value = values[order ? order[place] : place];
        // Hidden neurons have the same places as on the stage: down the columns.
        const at = 4 * (order ? (place % rows) * columns + Math.floor(place / rows) : place);
        data.set(value > 0 ? colours.up : colours.down, at);
        data[at + 3] = (255 * Math.abs(value)) / most;
      }
      context.clearRect(0, 0, width, height);
      context.strokeStyle = palette.hairline;
      context.strokeRect(0.5, 0.5, columns * cell - 1, rows * cell - 1);
      // Where neurons are smaller than pixels of the screen, a pixel shows their mean.
      grid.pixels.draw(context, 0, 0, columns * cell, rows * cell, cell * surface.scale < 1);
    },

    resize: surface.fit,
  };
}

/**
 * @param {number} size
 * @param {boolean} hidden is it a hidden layer, or the input?
 */
function shapeOf(size, hidden) {
  if (!hidden) return inputShape(size);
  const { across, down } = hiddenShape(size);
  return { columns: across, rows: down };
}
