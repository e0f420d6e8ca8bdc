// Says what is painted how in a picture: what was taken for ink, and what was taken away.

import { createSurface } from '../ui/canvas-surface.js';
import { make } from '../ui/dom.js';
import { paintSwatch } from './picture-painting.js';
import { REMOVED } from './picture-words.js';

/** The kind of what was taken for ink, beside those of `REMOVED`. */
const INK = 0;

export function createLegend() {
  const element = make('ul', { class: 'picture-legend' });
  /** @type {{ kind: number, canvas: HTMLCanvasElement }[]} */
  let swatches = [];

  return {
    element,

    /**
     * @param {boolean} hasInk
     * @param {readonly number[]} removed the kinds of what was taken away
     */
    show(hasInk, removed) {
      const kinds = hasInk ? [INK, ...removed] : removed;
      element.hidden = kinds.length === 0;
      if (kinds.join() === swatches.map(({ kind }) => kind).join()) return;
      swatches = kinds.map((kind) => ({
        kind,
        canvas: make('canvas', { class: 'picture-swatch', 'aria-hidden': 'true' }),
      }));
      element.replaceChildren(
        ...swatches.map(({ kind, canvas }) => make('li', {}, canvas, kind === INK ? 'taken for ink' : REMOVED[kind])),
      );
    },

    draw() {
      for (const { kind, canvas } of swatches) {
        const surface = createSurface(canvas);
        surface.fit();
        paintSwatch(surface, kind);
      }
    },
  };
}
