// Pictures from elsewhere: chosen as a file, pasted, or dropped on the page.

/** @import { Core } from '../simulator/simulator.js' */

/** A larger picture is scaled down to this many pixels a side before it is read. */
const MOST = 1024;

/**
 * @param {HTMLInputElement} input takes a file
 * @param {() => Core | null} core
 * @param {(picture: Uint8Array) => void} onPicture 28 x 28 pixels of ink
 * @param {{ show: (words: string) => void }} note
 * @param {() => boolean} wanted may pictures be taken?
 */
export function createImport(input, core, onPicture, note, wanted) {
  /** @param {Blob | null | undefined} file */
  async function take(file) {
    const simulator = core();
    if (!file || !simulator) return;
    if (!file.type.startsWith('image/')) return note.show('That is no picture.');
    try {
      const picture = simulator.pictureOf(await pixelsOf(file));
      if (picture) onPicture(picture);
      else note.show('There is nothing to see in that picture: it has no contrast.');
    } catch {
      note.show('This browser cannot read that picture.');
    }
  }

  input.addEventListener('change', () => {
    input.closest('dialog')?.close();
    take(input.files?.[0]);
    input.value = '';
  });
  document.addEventListener('paste', (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (!file || !wanted()) return;
    event.preventDefault();
    take(file);
  });
  const dropping = (/** @type {boolean} */ on) => document.body.classList.toggle('dropping', on);
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files') || !wanted()) return;
    event.preventDefault();
    dropping(true);
  });
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) dropping(false);
  });
  document.addEventListener('drop', (event) => {
    dropping(false);
    const file = event.dataTransfer?.files[0];
    if (!file || !wanted()) return;
    event.preventDefault();
    take(file);
  });
}

/** @param {Blob} file */
async function pixelsOf(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, MOST / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives the page no 2D canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}
