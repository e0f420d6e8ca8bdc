// Drawings (SVG) as pictures (PNG).

import { readPalette } from './canvas-surface.js';

/** Pixels per CSS pixel, enough for print. */
const SCALE = 3;

/** Room around the drawing, CSS pixels. */
const MARGIN = 16;

/** What the style sheet says of a drawing; a picture has no style sheet. */
const STYLES = [
  'display',
  'fill',
  'font-family',
  'font-size',
  'font-weight',
  'opacity',
  'paint-order',
  'stroke',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-width',
  'text-anchor',
];

/**
 * @param {SVGSVGElement} svg is laid out, and has a width and a height
 * @returns {Promise<Blob>} a PNG on the colour of the page's paper
 * @throws {Error} with a sentence for the user
 */
export async function pngOf(svg) {
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(styled(svg)))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((width + 2 * MARGIN) * SCALE);
  canvas.height = Math.round((height + 2 * MARGIN) * SCALE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives the page no 2D canvas to draw on.');
  context.fillStyle = readPalette(svg).paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(SCALE, SCALE);
  context.drawImage(image, MARGIN, MARGIN, width, height);
  const blob = await new Promise((/** @type {BlobCallback} */ done) => canvas.toBlob(done));
  if (!blob) throw new Error('This browser cannot make that picture.');
  return blob;
}

/**
 * A copy in which every element has the styles that it has on the page.
 * @param {SVGSVGElement} svg
 */
function styled(svg) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [i, element] of [svg, ...svg.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(element);
    // Attributes, because the content security policy of the page forbids styles in elements.
    for (const name of STYLES) copies[i].setAttribute(name, style.getPropertyValue(name));
  }
  return copy;
}
