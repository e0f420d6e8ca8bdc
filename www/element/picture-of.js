// A view of a figure as a picture. Loaded when one is asked for.

/** @import { Instrument } from '../instrument/instrument.js' */

import { onPaper } from '../export/paper.js';
import { CanvasProtectedError, canSaveCanvases } from '../ui/canvas-reading.js';

/**
 * @param {Instrument} instrument
 * @param {HTMLElement} root
 * @param {string} view
 * @returns {Promise<Blob>} a PNG
 */
export async function blobOf(instrument, root, view) {
  if (!(await canSaveCanvases())) throw new CanvasProtectedError('no picture can be saved');
  /** @type {HTMLCanvasElement | null} */
  let picture = null;
  await instrument.picture(view, () => {
    const found = [...root.querySelectorAll(`[data-figure="${view}"] canvas`)];
    const visible = /** @type {HTMLCanvasElement[]} */ (found.filter((each) => each.clientWidth > 0));
    if (visible.length > 0) picture = onPaper(visible);
  });
  const canvas = /** @type {HTMLCanvasElement | null} */ (picture);
  if (!canvas) throw new Error(`The view “${view}” of this figure is no picture, or is not shown.`);
  const blob = await new Promise((/** @type {BlobCallback} */ done) => canvas.toBlob(done));
  if (!blob) throw new Error('This browser cannot make that picture.');
  return blob;
}
