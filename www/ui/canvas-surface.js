// A canvas that is as sharp as the screen, and the colours of the page for drawing on it.

/**
 * @typedef {object} Surface
 * @property {CanvasRenderingContext2D} context in CSS pixels
 * @property {number} width CSS pixels
 * @property {number} height CSS pixels
 * @property {number} scale device pixels in a CSS pixel
 * @property {() => void} fit takes the size that the canvas has on the page now
 */

/** Device pixels in a CSS pixel of what is drawn to be kept. */
const PRINT = 3;

/** @type {number | null} */
let sharpness = null;

/**
 * Has what fits its size meanwhile drawn as sharply as print wants it, whatever the screen.
 * @param {() => void} paint
 */
export function sharply(paint) {
  sharpness = PRINT;
  try {
    paint();
  } finally {
    sharpness = null;
  }
}

/** @param {HTMLCanvasElement} canvas */
export function createSurface(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives the page no 2D canvas to draw on.');
  /** @type {Surface} */
  const surface = {
    context,
    width: 0,
    height: 0,
    scale: 1,
    fit() {
      const { width, height } = canvas.getBoundingClientRect();
      const scale = sharpness ?? Math.max(1, window.devicePixelRatio || 1);
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      Object.assign(surface, { width, height, scale });
      context.setTransform(scale, 0, 0, scale, 0, 0);
    },
  };
  return surface;
}

/** Of each theme, once it was read. @type {Map<string | undefined, Palette>} */
const palettes = new Map();

/**
 * The page's colours, as the style sheet has them at the moment.
 * @returns {Palette}
 */
export function readPalette() {
  const { theme } = document.documentElement.dataset;
  const palette = palettes.get(theme) ?? computePalette();
  palettes.set(theme, palette);
  return palette;
}

/** @returns {Palette} */
function computePalette() {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: colour('paper'),
    ink: colour('ink'),
    muted: colour('muted'),
    hairline: colour('hairline'),
    rest: colour('rest'),
    spike: colour('spike'),
    excite: colour('excite'),
    inhibit: colour('inhibit'),
    classes: Array.from({ length: 10 }, (_, i) => colour(`class-${i}`)),
    font: style.getPropertyValue('--font').trim(),
  };
}

/**
 * @typedef {object} Palette
 * @property {string} paper
 * @property {string} ink
 * @property {string} muted
 * @property {string} hairline
 * @property {string} rest a neuron that is silent
 * @property {string} spike
 * @property {string} excite a positive weight
 * @property {string} inhibit a negative weight
 * @property {string[]} classes a hue a class
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
