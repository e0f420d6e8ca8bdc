// Pictures made of several canvases.

import { readPalette } from '../ui/canvas-surface.js';

/**
 * Draws canvases as they are placed on the page, on the colour of its paper, because canvases are transparent.
 * @param {readonly HTMLCanvasElement[]} views
 */
export function onPaper(views) {
  const places = views.map((each) => each.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const right = Math.max(...places.map((place) => place.right));
  const bottom = Math.max(...places.map((place) => place.bottom));
  const scale = views[0].width / places[0].width;
  const [canvas, context] = blank(Math.round((right - left) * scale), Math.round((bottom - top) * scale));
  context.fillStyle = readPalette(views[0]).paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const [i, place] of places.entries()) {
    context.drawImage(views[i], Math.round((place.left - left) * scale), Math.round((place.top - top) * scale));
  }
  return canvas;
}

/**
 * @param {number} width
 * @param {number} height
 * @returns {[HTMLCanvasElement, CanvasRenderingContext2D]}
 */
export function blank(width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  return [canvas, /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))];
}
