// Pictures as SVG markup. The build draws them in Node for readers without JavaScript and for print, and the page draws them
// again for the reader's own digit, so they are text and need no document.

/** @param {string} text @returns {string} as it stands in markup */
export function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** At most four digits behind the point: more are not seen. @param {number} value */
export const short = (value) => String(Math.round(value * 1e4) / 1e4);

/**
 * A picture whose text does not grow with it: its inner pictures stretch.
 * @param {string} name of the picture's class
 * @param {string} label what it shows, for screen readers
 * @param {string} content
 */
export function picture(name, label, content) {
  return `<svg class="${name}" role="img" aria-label="${escapeText(label)}">${content}</svg>`;
}

/**
 * Square pixels in a few shades. Pixels of one shade are one path, and neighbours in a row are one line of it, as wide as a pixel: a
 * picture of 784 pixels is a few kilobytes, and at most 2 x `LEVELS` elements.
 * @param {ArrayLike<number>} values [side x side] row-major, from -1 to 1
 * @param {string} label empty for a picture that only repeats what stands beside it
 * @param {{ content?: string, name?: string }} [options] more markup, in units of pixels
 */
export function pixels(values, label, { content = '', name = 'pixels' } = {}) {
  const side = Math.round(Math.sqrt(values.length));
  const named = label ? `role="img" aria-label="${escapeText(label)}"` : 'aria-hidden="true"';
  return `<svg class="${name}" viewBox="0 0 ${side} ${side}" ${named} shape-rendering="crispEdges">${shades(values, side)}${content}</svg>`;
}

/** Shades of each sign. */
const LEVELS = 6;

/**
 * @param {ArrayLike<number>} values [rows x across] row-major, from -1 to 1
 * @param {number} across
 * @returns {string} lines with the class `up` or `down`
 */
export function shades(values, across) {
  /** @type {Map<number, string>} */
  const paths = new Map();
  for (let at = 0; at < values.length; ) {
    const shade = Math.round(values[at] * LEVELS);
    const from = at;
    do at += 1;
    while (at < values.length && at % across !== 0 && Math.round(values[at] * LEVELS) === shade);
    if (shade === 0) continue;
    const run = `M${from % across} ${Math.floor(from / across)}h${at - from}`;
    paths.set(shade, (paths.get(shade) ?? '') + run);
  }
  const lines = [...paths].map(([shade, d]) => {
    const opacity = short(Math.min(1, Math.abs(shade) / LEVELS));
    return `<path class="${shade > 0 ? 'up' : 'down'}" stroke-opacity="${opacity}" d="${d}"/>`;
  });
  // A line runs through the middle of its pixels.
  return `<g transform="translate(0 .5)">${lines.join('')}</g>`;
}

/**
 * The edges of the inked squares of a picture, to be laid over another one.
 * @param {ArrayLike<number>} ink [side x side] row-major
 * @param {number} least ink of a square that counts
 * @returns {string} the data of a path, in units of pixels
 */
export function outline(ink, least) {
  const side = Math.round(Math.sqrt(ink.length));
  const inked = (/** @type {number} */ x, /** @type {number} */ y) =>
    x >= 0 && y >= 0 && x < side && y < side && ink[y * side + x] >= least;
  // Edges in one line are one run.
  const edges = (/** @type {(along: number, across: number) => boolean} */ isEdge, /** @type {boolean} */ level) => {
    let path = '';
    for (let across = 0; across <= side; across++) {
      for (let along = 0; along < side; along++) {
        const from = along;
        while (along < side && isEdge(along, across)) along += 1;
        if (along > from) path += level ? `M${from} ${across}h${along - from}` : `M${across} ${from}v${along - from}`;
      }
    }
    return path;
  };
  return (
    edges((x, y) => inked(x, y) !== inked(x, y - 1), true) + edges((y, x) => inked(x, y) !== inked(x - 1, y), false)
  );
}
