// Pictures made of canvases and of the words beside them: as pixels, or as SVG whose words are text.

import { readPalette } from '../ui/canvas-surface.js';

/** The words that belong to a picture: headings, names of lanes, captions and keys. */
const WORDS = '.caption, .lane, figcaption, .key, .vote .class';

/** Room around the picture, and for its title, CSS pixels. */
const ROOM = { edge: 12, title: 44 };

/** Words this far from the canvases belong to them, CSS pixels: names of lanes at the left, headings above, keys below. */
const NEAR = { side: 84, edge: 8, above: 56 };

/** @typedef {{ text: string, left: number, baseline: number, font: string, colour: string }} Words */

/**
 * What is on a picture, and where, CSS pixels.
 * @typedef {object} Composition
 * @property {number} width
 * @property {number} height
 * @property {string} paper
 * @property {Words[]} words
 * @property {{ canvas: HTMLCanvasElement, left: number, top: number, width: number, height: number }[]} canvases
 * @property {{ colour: string, left: number, top: number, width: number, height: number }[]} marks samples of a key
 */

/**
 * Canvases as they are placed on the page, with the words beside them and a title above.
 * @param {readonly HTMLCanvasElement[]} views
 * @param {string} title
 * @param {string} about a second line
 * @returns {Composition}
 */
export function compose(views, title, about) {
  const place = views[0].closest('section, [role=tabpanel], [data-figure]') ?? views[0].parentElement;
  const found = [...(place?.querySelectorAll(WORDS) ?? [])].filter((each) => each.getClientRects().length > 0);
  const canvases = views.map((canvas) => ({ canvas, place: canvas.getBoundingClientRect() }));
  const near = boundsOf(canvases.map((each) => each.place));
  const texts = found.flatMap(linesOf).filter(({ place: at }) => isNear(at, near));
  const places = [...canvases.map((each) => each.place), ...texts.map((each) => each.place)];
  const left = Math.min(...places.map((each) => each.left)) - ROOM.edge;
  const top = Math.min(...places.map((each) => each.top)) - ROOM.edge - ROOM.title;
  const right = Math.max(...places.map((each) => each.right)) + ROOM.edge;
  const bottom = Math.max(...places.map((each) => each.bottom)) + ROOM.edge;
  const { paper, ink, muted, font } = readPalette(views[0]);
  const samples = found.flatMap((each) => [...each.querySelectorAll('.spark, .wire, .stroke')]);
  const marks = samples.filter((each) => isNear(each.getBoundingClientRect(), near));
  return {
    width: Math.ceil(right - left),
    height: Math.ceil(bottom - top),
    paper,
    words: [
      { text: title, left: ROOM.edge, baseline: 24, font: `600 16px ${font}`, colour: ink },
      { text: about, left: ROOM.edge, baseline: 42, font: `400 13px ${font}`, colour: muted },
      ...texts.map(({ place: at, ...each }) => ({
        ...each,
        left: at.left - left,
        baseline: at.top - top + 0.78 * at.height,
      })),
    ],
    canvases: canvases.map(({ canvas, place: at }) => ({
      canvas,
      left: at.left - left,
      top: at.top - top,
      width: at.width,
      height: at.height,
    })),
    marks: marks.map((mark) => {
      const at = mark.getBoundingClientRect();
      const colour = getComputedStyle(mark).backgroundColor;
      return { colour, left: at.left - left, top: at.top - top, width: at.width, height: at.height };
    }),
  };
}

/** @param {readonly DOMRect[]} places */
function boundsOf(places) {
  return {
    left: Math.min(...places.map((each) => each.left)),
    top: Math.min(...places.map((each) => each.top)),
    right: Math.max(...places.map((each) => each.right)),
    bottom: Math.max(...places.map((each) => each.bottom)),
  };
}

/** Does a word belong to the canvases, and not to others beside them? @param {DOMRect} word @param {ReturnType<typeof boundsOf>} near */
function isNear({ left, right, top, bottom }, near) {
  const inside = left >= near.left - NEAR.side && right <= near.right + NEAR.edge;
  return inside && top >= near.top - NEAR.above && bottom <= near.bottom + NEAR.above;
}

/**
 * The lines of text of an element.
 * @param {Element} element
 */
function linesOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  /** @type {{ text: string, font: string, colour: string, place: DOMRect }[]} */
  const lines = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node.textContent ?? '').trim().replaceAll(/\s+/g, ' ');
    const range = document.createRange();
    range.selectNodeContents(node);
    const [place, ...more] = range.getClientRects();
    // Text that wraps has no place of its own on the picture.
    if (!text || !place || more.length > 0 || !node.parentElement || node.parentElement.matches('.index')) continue;
    const { fontWeight, fontSize, fontFamily, color } = getComputedStyle(node.parentElement);
    lines.push({ text, font: `${fontWeight} ${fontSize} ${fontFamily}`, colour: color, place });
  }
  return lines;
}

/**
 * A picture in the pixels of its canvases.
 * @param {Composition} composition
 */
export function toCanvas(composition) {
  const { width, height, paper, words, canvases, marks } = composition;
  const scale = canvases[0].canvas.width / canvases[0].width;
  const [canvas, context] = blank(Math.round(width * scale), Math.round(height * scale));
  context.fillStyle = paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const each of canvases)
    context.drawImage(each.canvas, Math.round(each.left * scale), Math.round(each.top * scale));
  context.scale(scale, scale);
  for (const mark of marks) {
    context.fillStyle = mark.colour;
    context.fillRect(mark.left, mark.top, mark.width, mark.height);
  }
  for (const { text, left, baseline, font, colour } of words) {
    context.font = font;
    context.fillStyle = colour;
    context.fillText(text, left, baseline);
  }
  return canvas;
}

/**
 * A picture as SVG: its words are text, and its canvases are images.
 * @param {Composition} composition
 */
export function toSvg(composition) {
  const { width, height, paper, words, canvases, marks } = composition;
  const escaped = (/** @type {string} */ text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const at = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);
  const placeOf = (
    /** @type {{ left: number, top: number, width: number, height: number }} */ { left, top, ...size },
  ) => `x="${at(left)}" y="${at(top)}" width="${at(size.width)}" height="${at(size.height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>${escaped(words[0].text)}</title>
<rect width="100%" height="100%" fill="${paper}"/>
${canvases.map((each) => `<image ${placeOf(each)} href="${each.canvas.toDataURL()}"/>`).join('\n')}
${marks.map((mark) => `<rect ${placeOf(mark)} fill="${escaped(mark.colour)}"/>`).join('\n')}
${words.map(({ text, left, baseline, font, colour }) => `<text x="${at(left)}" y="${at(baseline)}" fill="${escaped(colour)}" style="font: ${escaped(font)}">${escaped(text)}</text>`).join('\n')}
</svg>
`;
}

/**
 * Canvases as they are placed on the page, on the colour of its paper, because canvases are transparent.
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
