// Imports images: reads them from files, and takes files that are pasted or dropped.

/** A larger image is scaled down to this many pixels a side before it is read. */
const LARGEST_SIDE = 1024;

/**
 * @param {Blob} file
 * @param {(image: ImageData) => Uint8Array | null} pictureOf
 * @returns {Promise<Uint8Array>} 28 x 28 pixels of ink
 * @throws {Error} with a sentence for the user
 */
export async function readImage(file, pictureOf) {
  if (!file.type.startsWith('image/')) throw new Error('This file is not a picture.');
  /** @type {Uint8Array | null} */
  let picture;
  try {
    picture = pictureOf(await pixelsOf(file));
  } catch (error) {
    throw new Error('This browser cannot read that picture.', { cause: error });
  }
  if (!picture) throw new Error('This picture shows nothing: it has no contrast.');
  return picture;
}

/**
 * Takes files that are pasted into or dropped on a target.
 * @param {Document | HTMLElement} target
 * @param {object} handlers
 * @param {() => boolean} handlers.wanted may files be taken now?
 * @param {(file: File) => void} handlers.onFile
 * @param {(over: boolean) => void} handlers.onDrag a file came over the target, or left it
 */
export function createImageDrop(target, { wanted, onFile, onDrag }) {
  const controller = new AbortController();
  const { signal } = controller;
  /**
   * @template {Event} E
   * @param {string} type
   * @param {(event: E) => void} handle
   */
  const on = (type, handle) => target.addEventListener(type, /** @type {(event: any) => void} */ (handle), { signal });

  on('paste', (/** @type {ClipboardEvent} */ event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (!file || !wanted()) return;
    event.preventDefault();
    onFile(file);
  });
  on('dragover', (/** @type {DragEvent} */ event) => {
    if (!event.dataTransfer?.types.includes('Files') || !wanted()) return;
    event.preventDefault();
    onDrag(true);
  });
  on('dragleave', (/** @type {DragEvent} */ { relatedTarget }) => {
    if (!(relatedTarget instanceof Node && target.contains(relatedTarget))) onDrag(false);
  });
  on('drop', (/** @type {DragEvent} */ event) => {
    onDrag(false);
    const file = event.dataTransfer?.files[0];
    if (!file || !wanted()) return;
    event.preventDefault();
    onFile(file);
  });

  return {
    destroy() {
      controller.abort();
    },
  };
}

/** @param {Blob} file */
async function pixelsOf(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale)));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser provides no 2D canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return context.getImageData(0, 0, width, height);
}
