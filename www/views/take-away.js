// What can be taken away: the recording, the digit, and a picture of any view.

/** @import { Panel, Recording } from '../types.js' */

import { toJson, toNpz } from '../files.js';
import { readPalette } from './surface.js';

const SIDE = 28;

/** Views that are pictures, by what selects their canvas. */
const PICTURES = [
  ['Your drawing', '#pad'],
  ['The network at work', '#stage'],
  ['Spikes', '#raster canvas'],
  ['Output membranes', '#membranes'],
  ['Membrane and spikes of a neuron', '#view-why .plot'],
  ['Votes against time', '#view-race .plot'],
  ['Fewer steps', '#view-horizon .plot'],
  ['Chance', '#view-chance .plot'],
  ['Energy', '#view-energy .plot'],
];

/** @type {Panel} */
export function createViews(element) {
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
      const canvas = document.querySelector(select.value);
      if (canvas instanceof HTMLCanvasElement) savePicture(onPaper(canvas), select.selectedOptions[0].text);
    },
  };
  for (const button of buttons) button.addEventListener('click', () => actions[button.value]?.());

  /** A view that was never looked at has no picture yet. */
  function offer() {
    const drawn = PICTURES.filter(([, at]) => {
      const canvas = document.querySelector(at);
      return canvas instanceof HTMLCanvasElement && canvas.width > 0;
    });
    select.replaceChildren(...drawn.map(([name, at]) => new Option(name, at)));
  }

  return [
    {
      show(next) {
        recording = next;
        offer();
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
  const ending = `${name.toLowerCase().replaceAll(' ', '-')}.png`;
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

/** A view's canvas is transparent. @param {HTMLCanvasElement} view */
function onPaper(view) {
  const [canvas, context] = blank(view.width, view.height);
  context.fillStyle = readPalette().paper;
  context.fillRect(0, 0, view.width, view.height);
  context.drawImage(view, 0, 0);
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
