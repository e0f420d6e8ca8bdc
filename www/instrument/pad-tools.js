// The tools under the pad: width of the pen, eraser, undo, redo, clear.

/** @import { Drawing } from '../pad/drawing.js' */
/** @import { Store } from '../state/state.js' */
/** @import { Parts } from '../ui/dom.js' */

import { mark } from '../ui/dom.js';

/**
 * @param {Parts} part
 * @param {Drawing} drawing
 * @param {Store} state holds the width of the pen
 * @param {() => void} onChange called when another tool was chosen
 */
export function createPadTools(part, drawing, state, onChange) {
  const controller = new AbortController();
  const { signal } = controller;
  const pen = part('pen', HTMLInputElement);
  const eraser = part('eraser', HTMLButtonElement);
  const undo = part('undo', HTMLButtonElement);
  const redo = part('redo', HTMLButtonElement);
  const clear = part('clear', HTMLButtonElement);
  let erasing = false;

  /** @type {Record<string, () => void>} */
  const actions = {
    erase() {
      erasing = !erasing;
      onChange();
    },
    undo: () => drawing.undo(),
    redo: () => drawing.redo(),
    clear: () => drawing.clear(),
  };
  eraser.addEventListener('click', actions.erase, { signal });
  undo.addEventListener('click', actions.undo, { signal });
  redo.addEventListener('click', actions.redo, { signal });
  clear.addEventListener('click', actions.clear, { signal });
  pen.addEventListener('input', () => state.set({ penWidth: pen.valueAsNumber }), { signal });

  return {
    actions,

    get erasing() {
      return erasing;
    },

    draw() {
      mark(eraser, 'aria-pressed', erasing);
      undo.disabled = !drawing.undoable;
      redo.disabled = !drawing.redoable;
      clear.disabled = drawing.blank;
      if (pen.valueAsNumber !== state.now.penWidth) pen.valueAsNumber = state.now.penWidth;
    },

    destroy() {
      controller.abort();
    },
  };
}
