// Pictures that are given to the page.

/** @import { Page } from '@playwright/test' */

/**
 * Drops a picture on the page: a vertical bar, a ring, or white paper.
 * @param {Page} page
 * @param {string} name of the file
 * @param {{ bar?: boolean, ring?: boolean }} shows
 */
export async function give(page, name, shows) {
  await page.evaluate(
    async ({ file, bar, ring }) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 90, height: 120 });
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.fillStyle = 'white';
      context.fillRect(0, 0, 90, 120);
      context.fillStyle = 'black';
      if (bar) context.fillRect(50, 15, 9, 80);
      context.lineWidth = 9;
      context.beginPath();
      context.ellipse(45, 60, 24, 40, 0, 0, 7);
      if (ring) context.stroke();
      const blob = await new Promise((done) => canvas.toBlob(done));
      const data = new DataTransfer();
      data.items.add(new File([/** @type {Blob} */ (blob)], file, { type: 'image/png' }));
      const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data });
      document.body.dispatchEvent(event);
    },
    { file: name, bar: shows.bar ?? false, ring: shows.ring ?? false },
  );
}
