// Pictures of written digits, as a camera would take them, made on a canvas of the page.

/** @import { Page } from '@playwright/test' */
/** @import { Strokes } from '../../samples.js' */

/**
 * @typedef {object} Scene
 * @property {readonly Strokes[]} digits side by side
 * @property {boolean} [ruled] is the paper ruled?
 * @property {boolean} [shadow] does a shadow with an edge fall on it?
 * @property {number} [faint] how light the ink is, 0 to 255
 * @property {boolean} [small] values 0 to 1 in place of 0 to 255?
 */

/** The picture is so wide for each digit, and so high, pixels. */
export const CELL = 400;

/**
 * The pixels of a scene as a PNG.
 * @param {Page} page any page
 * @param {Scene} scene
 * @returns {Promise<Buffer>}
 */
export async function paint(page, scene) {
  const base64 = await page.evaluate(
    async ({ digits, ruled, shadow, faint = 40, small, cell }) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: cell * digits.length, height: cell });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const { width, height } = canvas;
      context.fillStyle = '#e8e6e0';
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#a8b4c8';
      for (let y = 33; ruled && y < height; y += 50) context.fillRect(0, y, width, 3);
      context.strokeStyle = `rgb(${faint} ${faint} ${faint})`;
      context.lineWidth = 12;
      context.lineCap = 'round';
      context.lineJoin = 'round';
      for (const [i, strokes] of digits.entries()) {
        for (const [first, ...rest] of strokes) {
          context.beginPath();
          const at = (/** @type {readonly number[]} */ [x, y]) => /** @type {const} */ ([cell * i + 60 + x, 60 + y]);
          context.moveTo(...at(first));
          for (const point of rest) context.lineTo(...at(point));
          context.stroke();
        }
      }
      if (shadow) {
        context.globalCompositeOperation = 'multiply';
        context.fillStyle = '#8c8c90';
        context.beginPath();
        for (const [x, y] of [
          [0.55, 0],
          [1, 0],
          [1, 1],
          [0.35, 1],
        ])
          context.lineTo(x * width, y * height);
        context.fill();
      }
      if (small) {
        const image = context.getImageData(0, 0, width, height);
        for (const [i, value] of image.data.entries()) if (i % 4 < 3) image.data[i] = value > 127 ? 1 : 0;
        context.putImageData(image, 0, 0);
      }
      return canvas.toDataURL('image/png').split(',')[1];
    },
    { ...scene, cell: CELL },
  );
  return Buffer.from(base64, 'base64');
}

/**
 * Gives the page a file by the dialog for files.
 * @param {Page} page
 * @param {string} name
 * @param {Buffer} buffer
 */
export const upload = (page, name, buffer) =>
  page.locator('#file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
