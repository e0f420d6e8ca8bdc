// A picture of signed numbers, one per neuron of a layer: red pushes up, blue pushes down.

import { channels, createSurface } from '../ui/canvas-surface.js';
import { make, mark, say } from '../ui/dom.js';
import { hiddenShape, inputShape } from './layers.js';

export function createSignedMap() {
  const canvas = make('canvas', { role: 'img' });
  const caption = make('figcaption', {});
  const element = make('figure', {}, canvas, caption);
  const surface = createSurface(canvas);

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
      const [columns, rows] = order ? hiddenGrid(values.length) : inputGrid(values.length);
      const cell = Math.min(width / columns, height / rows);
      const most = values.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-12);
      const [up, down] = [channels(palette.excite).join(' '), channels(palette.inhibit).join(' ')];
      context.clearRect(0, 0, width, height);
      context.strokeStyle = palette.hairline;
      context.strokeRect(0.5, 0.5, columns * cell - 1, rows * cell - 1);
      for (let place = 0; place < values.length; place++) {
        const value = values[order ? order[place] : place];
        if (value === 0) continue;
        context.fillStyle = `rgb(${value > 0 ? up : down} / ${(Math.abs(value) / most).toFixed(3)})`;
        // Hidden neurons have the same places as on the stage: down the columns.
        const [column, row] = order
          ? [Math.floor(place / rows), place % rows]
          : [place % columns, Math.floor(place / columns)];
        context.fillRect(column * cell, row * cell, cell, cell);
      }
    },

    resize: surface.fit,
  };
}

/** @param {number} size @returns {[columns: number, rows: number]} */
function hiddenGrid(size) {
  const { across, down } = hiddenShape(size);
  return [across, down];
}

/** @param {number} size @returns {[columns: number, rows: number]} */
function inputGrid(size) {
  const { columns, rows } = inputShape(size);
  return [columns, rows];
}
