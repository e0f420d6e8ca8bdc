// The picture that the network sees, and its spikes.

/** @import { Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */

import { createSurface } from '../ui/canvas-surface.js';
import { make, mark } from '../ui/dom.js';
import { inputShape } from './layers.js';
import { createPixelGrid } from './pixel-grid.js';
import { brightnessAt } from './spike-brightness.js';
import { drawInput } from './stage-layers.js';

/** Time constant of the fading of a spike, steps; see `DECAY` in stage.js. */
const DECAY = 6;

/** @type {CreateView} */
export function createPicture(root, page) {
  const title = make('h3', { class: 'caption', id: page.elementId('picture-title') }, 'What it sees');
  const canvas = make('canvas', { class: 'picture-view', role: 'img' });
  root.append(title, canvas);
  const surface = createSurface(canvas);
  /** @type {Recording | null} */
  let recording = null;
  let inputs = 0;
  let brightness = new Float32Array(0);
  /** @type {ReturnType<typeof createPixelGrid> | null} */
  let grid = null;

  /** @param {number} size */
  function takeInputs(size) {
    if (size === inputs || size === 0) return;
    inputs = size;
    brightness = new Float32Array(size);
    const { columns, rows } = inputShape(size);
    grid = createPixelGrid(columns, rows);
    mark(canvas, 'aria-label', `The picture that the network sees, ${columns} × ${rows} pixels, and its spikes`);
  }

  takeInputs(page.expectedSizes?.[0] ?? 0);

  return {
    show(next, network) {
      recording = next;
      takeInputs(network?.sizes[0] ?? 0);
    },

    draw(time) {
      const { context, width, height } = surface;
      context.clearRect(0, 0, width, height);
      if (!grid || width === 0) return;
      const { columns: across, rows: down } = inputShape(inputs);
      const column = { left: 0, top: 0, width, across, down, pitch: width / across };
      if (recording) brightnessAt(recording.layers[0], time, 0, DECAY, brightness);
      else brightness.fill(0);
      drawInput(surface, column, grid, { ink: recording?.digitInk ?? null, brightness, weights: null });
    },

    resize: surface.fit,

    destroy() {
      title.remove();
      canvas.remove();
    },
  };
}
