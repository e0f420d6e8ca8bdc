// What can be taken away: the recording, the digit, and a picture of any view.

/** @import { ViewName } from '../state/parameters.js' */
/** @import { Recording } from '../simulator/types.js' */
/** @import { Panel } from '../views/types.js' */

import { readPalette } from '../ui/canvas-surface.js';
import { toJson, toNpz } from './recording-files.js';

const SIDE = 28;

/**
 * What there are pictures of: its name, what selects its canvases, and the view that has to be drawn for it.
 * @type {readonly (readonly [name: string, at: string, view: ViewName])[]}
 */
const PICTURES = [
  ['The network at work', '#stage', 'spikes'],
  ['Your drawing', '#pad', 'spikes'],
  ['Spikes', '#raster canvas, #sums', 'spikes'],
  ['Output membranes', '#membranes', 'spikes'],
  ['Why: membrane and spikes', '#view-why .plot', 'why'],
  ['Why: weights and pushes', '#view-why .fields canvas', 'why'],
  ['Votes against time', '#view-race .plot', 'race'],
  ['Fewer steps', '#view-horizon .plot', 'horizon'],
  ['Chance', '#view-chance .plot', 'chance'],
  ['Energy', '#view-energy .plot', 'energy'],
];

/** @type {Panel} */
export function createViews(element, page) {
  /** @type {Recording | null} */
  let recording = null;
  const buttons = /** @type {HTMLButtonElement[]} */ ([...element.querySelectorAll('button')]);
  const select = /** @type {HTMLSelectElement} */ (element.querySelector('select'));

  /** @type {Record<string, () => void>} */
  const actions = {
    json: () => recording && save(new Blob([toJson(recording)], { type: 'application/json' }), 'json'),
    npz: () => recording && save(toNpz(recording), 'npz'),
    digit: () => recording && savePicture(digitOf(recording), 'digit'),
    view: () => {
      const [name, at, view] = PICTURES[select.selectedIndex];
      page
        .picture(view, () => {
          const canvases = [...document.querySelectorAll(at)].filter(isSeen);
          if (canvases.length > 0) savePicture(onPaper(canvases), name);
        })
        .catch((error) => console.error(error));
    },
  };
  for (const [name] of PICTURES) select.add(new Option(name));
  for (const button of buttons) button.addEventListener('click', () => actions[button.value]?.());

  return [
    {
      show(next) {
        recording = next;
        for (const button of buttons) button.disabled = !next;
      },
      draw() {},
      resize() {},
    },
  ];
}

/**
 * @param {Blob} blob
 * @param {string} ending of the file's name
 */
function save(blob, ending) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `spikepad.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {string} name
 */
function savePicture(canvas, name) {
  const ending = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.png`;
  canvas.toBlob((blob) => blob && save(blob, ending));
}

/**
 * The 28 x 28 that the network saw, white on black as MNIST's own are.
 * @param {Recording} recording
 */
function digitOf({ digitInk }) {
  const [canvas, context] = blank(SIDE, SIDE);
  const image = new ImageData(SIDE, SIDE);
  for (const [i, ink] of digitInk.entries()) image.data.set([ink, ink, ink, 255], 4 * i);
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * A link may have taken its part off the page.
 * @param {Element} element
 * @returns {element is HTMLCanvasElement}
 */
function isSeen(element) {
  return element instanceof HTMLCanvasElement && element.clientWidth > 0;
}

/**
 * Canvases as they lie on the page, on its paper: they are transparent themselves.
 * @param {readonly HTMLCanvasElement[]} views
 */
function onPaper(views) {
  const places = views.map((each) => each.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const right = Math.max(...places.map((place) => place.right));
  const bottom = Math.max(...places.map((place) => place.bottom));
  const scale = views[0].width / places[0].width;
  const [canvas, context] = blank(Math.round((right - left) * scale), Math.round((bottom - top) * scale));
  context.fillStyle = readPalette().paper;
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
function blank(width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  return [canvas, /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))];
}
