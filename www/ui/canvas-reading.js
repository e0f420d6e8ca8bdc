// Reads the pixels of canvases, and notices where the browser does not hand them back as they were drawn: browsers and
// extensions that protect against fingerprinting give white or noise instead.

/** Colours of the known rows, in turn. @type {readonly (readonly [red: number, green: number, blue: number])[]} */
const COLOURS = [
  [0, 0, 0],
  [255, 255, 255],
  [200, 40, 90],
  [30, 160, 220],
];

/** The number of known rows. */
const ROWS = 2 * COLOURS.length;

/** Some browsers change pixels by so little that nobody sees it, levels of 255. */
const TOLERANCE = 8;

/** The size of a canvas that is made only to try. */
const TRIAL = { width: 64, height: 8 };

/** The browser gives other pixels than were drawn. */
export class CanvasProtectedError extends Error {
  /** @param {string} consequence what the page cannot do */
  constructor(consequence) {
    super(
      `This browser keeps pages from reading canvases, so ${consequence}. ` +
        'Allow it for this page in the browser’s protection against fingerprinting.',
    );
    this.name = 'CanvasProtectedError';
  }
}

/**
 * Reads rows of images with the same canvas.
 * @param {number} width of the images, pixels
 * @param {number} most rows that are read at a time
 */
export function createPixelReader(width, most) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height: most + ROWS });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser provides no 2D canvas.');

  /**
   * @param {CanvasImageSource} image
   * @param {number} top the first row
   * @param {number} rows
   * @returns {Uint8Array | null} red, green, blue and opacity of each pixel; null where the browser gives other pixels than were
   *   drawn
   */
  return function pixelsOf(image, top, rows) {
    context.clearRect(0, 0, width, rows);
    context.drawImage(image, 0, top, width, rows, 0, 0, width, rows);
    // Read together with the image, because a protection may depend on what is on the canvas.
    drawKnownRows(context, width, rows);
    const { data } = context.getImageData(0, 0, width, rows + ROWS);
    const end = 4 * width * rows;
    return isKnown(data.subarray(end), width) ? new Uint8Array(data.buffer, 0, end) : null;
  };
}

/** Does a canvas that is saved show what was drawn? */
export async function canSaveCanvases() {
  const canvas = Object.assign(document.createElement('canvas'), TRIAL);
  const context = canvas.getContext('2d');
  if (!context) return false;
  drawKnownRows(context, TRIAL.width, 0);
  const blob = await new Promise((/** @type {BlobCallback} */ done) => canvas.toBlob(done));
  if (!blob) return false;
  const pixels = createPixelReader(TRIAL.width, TRIAL.height)(await createImageBitmap(blob), 0, TRIAL.height);
  return pixels !== null && isKnown(pixels, TRIAL.width);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} width
 * @param {number} top
 */
function drawKnownRows(context, width, top) {
  for (let row = 0; row < ROWS; row++) {
    context.fillStyle = `rgb(${COLOURS[row % COLOURS.length].join()})`;
    context.fillRect(0, top + row, width, 1);
  }
}

/**
 * @param {Uint8Array | Uint8ClampedArray} data of the known rows
 * @param {number} width
 */
function isKnown(data, width) {
  return data.every((level, i) => {
    const row = Math.floor(i / (4 * width));
    const expected = i % 4 === 3 ? 255 : COLOURS[row % COLOURS.length][i % 4];
    return Math.abs(level - expected) <= TOLERANCE;
  });
}
