// The pad of the comparison: draw a digit, or take a sample.

/** @import { Sample } from '../../pad/samples.js' */
/** @import { Stroke } from '../../simulator/types.js' */

import { createDrawing } from '../../pad/drawing.js';
import { createPad } from '../../pad/pad.js';
import { createPenDemo } from '../../pad/pen-demo.js';
import { createSamples } from '../../pad/samples.js';
import { FULL } from '../../state/ink-limits.js';
import { find, make, say } from '../../ui/dom.js';
import { whenNear } from '../../ui/when-near.js';

/** The class of the sample that is drawn at first. */
const FIRST_SAMPLE = 3;

/**
 * @param {HTMLElement} root holds the canvas, its live region, two buttons and the list of samples
 * @param {object} options
 * @param {number} options.penWidth canvas units
 * @param {() => Promise<readonly Sample[]>} options.loadSamples called when the pad comes into view
 * @param {(strokes: readonly Stroke[]) => void} options.onDraw called when the strokes on the pad have changed
 */
export function createPairPad(root, { penWidth, loadSamples, onDraw }) {
  const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');
  const canvas = find(root, 'canvas', HTMLCanvasElement);
  const undo = find(root, '.undo', HTMLButtonElement);
  const clear = find(root, '.clear', HTMLButtonElement);
  const samplesList = find(root, '.samples ul', HTMLElement);
  const controller = new AbortController();

  const full = make('p', { class: 'aside', role: 'status' });
  clear.parentElement?.after(full);

  const drawing = createDrawing(
    (change) => {
      pad.draw();
      undo.disabled = !drawing.undoable;
      clear.disabled = drawing.blank;
      root.classList.toggle('drawn', !drawing.blank);
      if (change === 'settled') say(full, '');
      if (change !== 'ink') onDraw(drawing.strokes);
    },
    () => say(full, FULL),
  );
  const demo = createPenDemo(drawing);
  const pad = createPad(
    canvas,
    find(root, '.pad-voice', HTMLElement),
    drawing,
    () => ({ penWidth, erasing: false }),
    () => pad.draw(),
  );
  undo.addEventListener('click', () => drawing.undo(), { signal: controller.signal });
  clear.addEventListener('click', () => drawing.clear(), { signal: controller.signal });

  const sizes = new ResizeObserver(() => {
    pad.resize();
    pad.draw();
  });
  sizes.observe(canvas);

  const cancelSamples = whenNear(canvas, async () => {
    try {
      const samples = await loadSamples();
      if (controller.signal.aborted) return;
      createSamples(samplesList, samples, ({ strokes }) => demo.draw(strokes, { atOnce: reducedMotion.matches }));
      const first = samples.find(({ label }) => label === FIRST_SAMPLE);
      // The reader may have drawn something while the samples were loading.
      if (!first || !drawing.blank || drawing.undoable) return;
      demo.draw(first.strokes, { atOnce: reducedMotion.matches, temporary: true });
    } catch (error) {
      console.error(error);
    }
  });

  return {
    destroy() {
      controller.abort();
      sizes.disconnect();
      cancelSamples();
      demo.destroy();
      pad.destroy();
      samplesList.replaceChildren();
      full.remove();
    },
  };
}
