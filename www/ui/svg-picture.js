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

/** Height of a line of the caption, CSS pixels. */
const LINE = 18;

/**
 * @param {SVGSVGElement} svg is laid out, and has a width and a height
 * @param {readonly string[]} [caption] lines above the drawing
 * @returns {Promise<Blob>} a PNG on the colour of the page's paper
 * @throws {Error} with a sentence for the user
 */
export async function pngOf(svg, caption = []) {
  // What is drawn outside of the view box is on the page, and in the margin of the picture.
  const [width, height] = [svg.width, svg.height].map(({ baseVal }) => baseVal.value + 2 * MARGIN);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(styled(svg, width, height)))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const top = caption.length * LINE;
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round((height + top) * SCALE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives the page no 2D canvas to draw on.');
  const { paper, ink, font } = readPalette(svg);
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(SCALE, SCALE);
  context.fillStyle = ink;
  context.font = `400 13px ${font}`;
  for (const [i, line] of caption.entries()) context.fillText(line, MARGIN, (i + 1) * LINE, width - 2 * MARGIN);
  context.drawImage(image, 0, top, width, height);
  const blob = await new Promise((/** @type {BlobCallback} */ done) => canvas.toBlob(done));
  if (!blob) throw new Error('This browser cannot make that picture.');
  return blob;
}

/**
 * A copy with a margin, in which every element has the styles that it has on the page.
 * @param {SVGSVGElement} svg
 * @param {number} width with the margin
 * @param {number} height with the margin
 */
function styled(svg, width, height) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [i, element] of [svg, ...svg.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(element);
    // Attributes, because the content security policy of the page forbids styles in elements.
    for (const name of STYLES) copies[i].setAttribute(name, style.getPropertyValue(name));
  }
  for (const [name, value] of Object.entries({ width, height })) copy.setAttribute(name, String(value));
  copy.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${width} ${height}`);
  return copy;
}
