// The view "Export": the recording, the digit, and a picture of any view as files.

/** @import { Recording } from '../simulator/types.js' */
/** @import { CreateView, Page, ViewEntry } from '../views/types.js' */

import { SIDE, sideOf } from '../simulator/dimensions.js';
import { readPalette } from '../ui/canvas-surface.js';
import { make } from '../ui/dom.js';
import { toJson, toNpz } from './recording-files.js';

/** @typedef {{ title: string, canvases: string, view: string }} Picture what selects its canvases, and the view to draw */

/**
 * @param {readonly ViewEntry[]} views those that there are pictures of
 * @returns {CreateView}
 */
export function createExportPanel(views) {
  const [first] = views;
  /** @type {Picture[]} */
  const pictures = [
    { title: 'The network at work', canvases: '.stage', view: first.name },
    { title: 'Your drawing', canvases: '.pad', view: first.name },
  ];
  for (const { name, pictures: own = [] } of views) {
    for (const { title, canvases } of own) {
      pictures.push({ title, canvases: `[data-view="${name}"] :is(${canvases})`, view: name });
    }
  }

  return (root, page) => {
    /** @type {Recording | null} */
    let recording = null;
    const select = make('select', { id: page.elementId('picture') });
    for (const { title } of pictures) select.add(new Option(title));

    const buttons = [
      button('NumPy, .npz', 'npz', (run) => save(toNpz(run), 'npz')),
      button('JSON', 'json', (run) => save(new Blob([toJson(run)], { type: 'application/json' }), 'json')),
      button(`PNG, ${SIDE} × ${SIDE}`, 'digit', (run) => savePicture(digitOf(run), 'digit')),
      button('PNG', 'view', () => savePictureOf(pictures[select.selectedIndex], page)),
    ];
    const [npz, json, digit, view] = buttons;

    /**
     * @param {string} text
     * @param {string} value
     * @param {(run: Recording) => void} act
     */
    function button(text, value, act) {
      const made = make('button', { type: 'button', class: 'button', value, disabled: '' }, text);
      made.addEventListener('click', () => recording && act(recording));
      return made;
    }

    const list = make(
      'dl',
      { class: 'away' },
      row('The recording', npz, json, aside('every spike, every membrane potential, the settings')),
      row('The digit', digit, aside('as the network saw it, white on black')),
      row(
        make('label', { for: select.id }, 'A view'),
        select,
        view,
        aside('as it stands at this step, sharp enough for print'),
      ),
      row('The link', linkWords()),
    );
    root.append(list);

    return {
      show(next) {
        recording = next;
        for (const each of buttons) each.disabled = !next;
      },
      draw() {},
      resize() {},
      destroy: () => list.remove(),
    };
  };
}

/**
 * @param {Node | string} term
 * @param {...Node} descriptions
 */
function row(term, ...descriptions) {
  return make('div', {}, make('dt', {}, term), make('dd', {}, ...descriptions));
}

/** @param {...(Node | string)} words */
function aside(...words) {
  return make('span', { class: 'aside' }, ...words);
}

function linkWords() {
  return aside(
    '“Copy link” copies all of it: drawing, parameters, seed, view. The link replays exactly the same spikes. For a class, add ',
    make('code', {}, '&hide='),
    ' and the names of the parts to hide, such as ',
    make('code', {}, 'hide=samples,parameters,verdict'),
    '.',
  );
}

/**
 * @param {Picture} picture
 * @param {Page} page
 */
async function savePictureOf({ title, canvases, view }, page) {
  try {
    await page.picture(view, (root) => {
      const seen = [...root.querySelectorAll(canvases)].filter(isSeen);
      if (seen.length > 0) savePicture(onPaper(seen), title);
    });
  } catch (error) {
    console.error(error);
  }
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
  const ending = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.png`;
  canvas.toBlob((blob) => blob && save(blob, ending));
}

/**
 * The picture that the network saw, white on black as MNIST's are.
 * @param {Recording} recording
 */
function digitOf({ digitInk }) {
  const side = sideOf(digitInk);
  const [canvas, context] = createCanvas(side, side);
  const image = new ImageData(side, side);
  for (const [i, ink] of digitInk.entries()) image.data.set([ink, ink, ink, 255], 4 * i);
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * A link may hide the part of the page that a canvas is in.
 * @param {Element} element
 * @returns {element is HTMLCanvasElement}
 */
function isSeen(element) {
  return element instanceof HTMLCanvasElement && element.clientWidth > 0;
}

/**
 * Canvases as they lie on the page, on its paper: they themselves are transparent.
 * @param {readonly HTMLCanvasElement[]} views
 */
function onPaper(views) {
  const places = views.map((each) => each.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const right = Math.max(...places.map((place) => place.right));
  const bottom = Math.max(...places.map((place) => place.bottom));
  const scale = views[0].width / places[0].width;
  const [canvas, context] = createCanvas(Math.round((right - left) * scale), Math.round((bottom - top) * scale));
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
function createCanvas(width, height) {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  return [canvas, /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))];
}
