// A canvas with as many pixels as the screen shows, and the colours that the style sheet gives it.

/**
 * @typedef {object} Surface
 * @property {CanvasRenderingContext2D} context in CSS pixels
 * @property {number} width CSS pixels
 * @property {number} height CSS pixels
 * @property {number} scale device pixels per CSS pixel
 * @property {Palette} palette the canvas's own colours, as they were at the last `fit()`
 * @property {() => void} fit takes the size and the colours that the canvas has now
 */

/** Device pixels per CSS pixel of an exported picture. */
const PRINT_SCALE = 3;

/** @type {number | null} */
let forcedScale = null;

/**
 * Calls `paint`. Surfaces that it fits get the pixels that print needs, whatever the screen has.
 * @param {() => void} paint
 */
export function withPrintScale(paint) {
  forcedScale = PRINT_SCALE;
  try {
    paint();
  } finally {
    forcedScale = null;
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Surface}
 */
export function createSurface(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives the page no 2D canvas to draw on.');
  let [width, height, scale] = [0, 0, 1];
  /** @type {Palette | null} */
  let palette = null;
  return {
    context,
    get width() {
      return width;
    },
    get height() {
      return height;
    },
    get scale() {
      return scale;
    },
    get palette() {
      // Read when it is first needed: reading forces the browser to compute styles.
      palette ??= readPalette(canvas);
      return palette;
    },
    fit() {
      ({ width, height } = canvas.getBoundingClientRect());
      scale = forcedScale ?? Math.max(1, window.devicePixelRatio || 1);
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      context.setTransform(scale, 0, 0, scale, 0, 0);
      palette = null;
    },
  };
}

/**
 * The colours that the style sheet gives an element: two instances on a page may have different themes.
 * @param {Element} [element]
 * @returns {Palette}
 */
export function readPalette(element = document.documentElement) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => asHex(style.getPropertyValue(`--${name}`).trim());
  return {
    paper: read('paper'),
    ink: read('ink'),
    muted: read('muted'),
    hairline: read('hairline'),
    rest: read('rest'),
    spike: read('spike'),
    excite: read('excite'),
    inhibit: read('inhibit'),
    classes: Array.from({ length: 10 }, (_, digit) => read(`class-${digit}`)),
    font: style.getPropertyValue('--font').trim(),
  };
}

/** @type {CanvasRenderingContext2D | null} */
let converter = null;

/**
 * A colour as #rrggbb: host pages write theirs in other ways.
 * @param {string} colour
 */
function asHex(colour) {
  if (/^#[\da-f]{6}$/i.test(colour)) return colour;
  converter ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!converter) return '#000000';
  converter.fillStyle = colour;
  converter.fillRect(0, 0, 1, 1);
  const [red, green, blue] = converter.getImageData(0, 0, 1, 1).data;
  return `#${((1 << 24) | (red << 16) | (green << 8) | blue).toString(16).slice(1)}`;
}

/**
 * @typedef {object} Palette
 * @property {string} paper
 * @property {string} ink
 * @property {string} muted
 * @property {string} hairline
 * @property {string} rest a silent neuron
 * @property {string} spike
 * @property {string} excite a positive weight
 * @property {string} inhibit a negative weight
 * @property {string[]} classes one hue per class
 * @property {string} font
 */

/**
 * @param {string} colour #rrggbb
 * @returns {[red: number, green: number, blue: number]}
 */
export function channels(colour) {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
