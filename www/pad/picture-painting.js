// Paints a picture as it was read: faint, with what was taken for ink in full, and what was taken away hatched.

/** @import { Surface } from '../ui/canvas-surface.js' */

import { channels } from '../ui/canvas-surface.js';

/** How strong the darkest of the picture is where it is not ink, and where it was taken away. */
const FAINT = 0.42;
const TAKEN = 0.2;

/** What was taken away in fewer pixels than this is not named. */
const FEW = 8;

/** How what was taken away is hatched, by its number in `Picture.removed`: see `drawHatch`. */
const HATCHES = [
  null,
  { period: 4, line: 1.2, slopes: [1] },
  { period: 6, line: 1.6, slopes: [1, -1] },
  { period: 7, line: 1, slopes: [-1] },
  { period: 3, line: 1.6, slopes: [1, -1] },
];

/**
 * @typedef {object} Layers of one reading of a picture
 * @property {number} width pixels
 * @property {number} height pixels
 * @property {Uint8ClampedArray} shades how much of the ink's colour each pixel has, 0 to 255
 * @property {readonly { kind: number, mask: Uint8Array }[]} removed what was taken away: 255 where it was
 */

/**
 * @param {object} picture
 * @param {number} picture.width pixels
 * @param {number} picture.height pixels
 * @param {boolean} picture.lightOnDark
 * @param {Uint8Array} grey see `Picture`
 * @param {Uint8Array} ink
 * @param {Uint8Array} removed
 * @returns {Layers}
 */
export function layersOf({ width, height, lightOnDark }, grey, ink, removed) {
  const shades = new Uint8ClampedArray(grey.length);
  const counts = HATCHES.map(() => 0);
  const masks = HATCHES.map(() => /** @type {Uint8Array | null} */ (null));
  for (let i = 0; i < grey.length; i++) {
    const mark = lightOnDark ? grey[i] : 255 - grey[i];
    const kind = ink[i] > 0 || removed[i] >= HATCHES.length ? 0 : removed[i];
    shades[i] = Math.max(ink[i], mark * (kind > 0 ? TAKEN : FAINT));
    if (kind === 0) continue;
    counts[kind] += 1;
    let mask = masks[kind];
    if (!mask) {
      mask = new Uint8Array(grey.length);
      masks[kind] = mask;
    }
    mask[i] = 255;
  }
  const found = masks.flatMap((mask, kind) => (mask && counts[kind] >= FEW ? [{ kind, mask }] : []));
  return { width, height, shades, removed: found };
}

/**
 * @param {Surface} surface has the proportions of the picture
 * @param {Layers} layers
 */
export function paintPicture(surface, { width, height, shades, removed }) {
  const { context, palette } = surface;
  context.clearRect(0, 0, surface.width, surface.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(imageOf(width, height, shades, palette.ink), 0, 0, surface.width, surface.height);
  for (const { kind, mask } of removed) {
    const shape = document.createElement('canvas');
    shape.width = surface.context.canvas.width;
    shape.height = surface.context.canvas.height;
    const own = /** @type {CanvasRenderingContext2D} */ (shape.getContext('2d'));
    own.imageSmoothingQuality = 'high';
    own.drawImage(imageOf(width, height, mask, palette.ink), 0, 0, shape.width, shape.height);
    own.globalCompositeOperation = 'source-in';
    own.scale(surface.scale, surface.scale);
    drawHatch(own, kind, palette.muted, surface);
    context.drawImage(shape, 0, 0, surface.width, surface.height);
  }
}

/**
 * Paints a swatch of the legend.
 * @param {Surface} surface
 * @param {number} kind of what was taken away; 0 for ink
 */
export function paintSwatch(surface, kind) {
  const { context, palette, width, height } = surface;
  context.clearRect(0, 0, width, height);
  if (kind > 0) return drawHatch(context, kind, palette.muted, surface);
  context.fillStyle = palette.ink;
  context.fillRect(0, 0, width, height);
}

/**
 * @param {CanvasRenderingContext2D} context in CSS pixels
 * @param {number} kind
 * @param {string} colour
 * @param {{ readonly width: number, readonly height: number }} size CSS pixels
 */
function drawHatch(context, kind, colour, { width, height }) {
  const hatch = HATCHES[kind];
  if (!hatch) return;
  const { period, line, slopes } = hatch;
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.beginPath();
  // In CSS pixels along the border, so that lines at 45 degrees are a period apart.
  const step = period * Math.SQRT2;
  for (const slope of slopes) {
    for (let x = -height; x < width + height; x += step) {
      context.moveTo(x, slope > 0 ? height : 0);
      context.lineTo(x + height, slope > 0 ? 0 : height);
    }
  }
  context.stroke();
}

/**
 * An image of one colour.
 * @param {number} width
 * @param {number} height
 * @param {Uint8ClampedArray | Uint8Array} alpha [height, width]
 * @param {string} colour #rrggbb
 */
function imageOf(width, height, alpha, colour) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const image = new ImageData(width, height);
  const [red, green, blue] = channels(colour);
  const { data } = image;
  for (let i = 0; i < alpha.length; i++) {
    const at = 4 * i;
    data[at] = red;
    data[at + 1] = green;
    data[at + 2] = blue;
    data[at + 3] = alpha[i];
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
