// The first view: every spike against time, and beside it the membrane potentials of the outputs.

/** @import { CreateView, View } from './types.js' */

import { make } from '../ui/dom.js';
import { createMembranes } from './membranes.js';
import { createParts } from './parts.js';
import { createRaster } from './raster.js';

/** @type {CreateView} */
export function createSpikes(root, page) {
  const parts = createParts(root);
  const rows = parts.find('.rows', () => make('div', { class: 'rows' }));
  const column = parts.find('.membranes-column', () => make('section', { class: 'beside membranes-column' }));
  /** @type {View[]} */
  const views = [createRaster(rows, page), createMembranes(column, page)];

  return {
    show(...shown) {
      for (const view of views) view.show(...shown);
    },
    point(neuron) {
      for (const view of views) view.point?.(neuron);
    },
    draw(time) {
      for (const view of views) view.draw(time);
    },
    resize() {
      for (const view of views) view.resize();
    },
    destroy() {
      for (const view of views) view.destroy();
      parts.destroy();
    },
  };
}
