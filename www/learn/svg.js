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
 * Square pixels in a few shades. Pixels of one shade are one path, and neighbours in a row are one rectangle of it: a picture of
 * 784 pixels is a few kilobytes, and at most 2 x `LEVELS` elements.
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
const LEVELS = 8;

/**
 * @param {ArrayLike<number>} values [rows x across] row-major, from -1 to 1
 * @param {number} across
 * @returns {string} paths with the class `up` or `down`
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
    const run = `M${from % across} ${Math.floor(from / across)}h${at - from}v1h-${at - from}z`;
    paths.set(shade, (paths.get(shade) ?? '') + run);
  }
  return [...paths]
    .map(([shade, d]) => {
      const opacity = short(Math.min(1, Math.abs(shade) / LEVELS));
      return `<path class="${shade > 0 ? 'up' : 'down'}" fill-opacity="${opacity}" d="${d}"/>`;
    })
    .join('');
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
  let path = '';
  for (let y = 0; y <= side; y++) {
    for (let x = 0; x <= side; x++) {
      if (inked(x, y) !== inked(x, y - 1)) path += `M${x} ${y}h1`;
      if (inked(x, y) !== inked(x - 1, y)) path += `M${x} ${y}v1`;
    }
  }
  return path;
}
