// Shows a picture as it was read beside the pad: what was taken for ink, what was taken away, and the digits that were found.
// The visitor chooses one of them, or how much is ink. Loaded when the first picture comes.

/** @import { Picture } from '../simulator/types.js' */
/** @import { Box, Choice } from './picture-choice.js' */
/** @import { Drawing } from './drawing.js' */
/** @import { Layers } from './picture-painting.js' */

import { createSurface } from '../ui/canvas-surface.js';
import { drawn, make, mark, say } from '../ui/dom.js';
import { createBoxes } from './picture-boxes.js';
import { AUTOMATIC, boxesOf, carriedOver, selected } from './picture-choice.js';
import { createDigitButtons } from './picture-digits.js';
import { createLegend } from './picture-legend.js';
import { layersOf, paintPicture } from './picture-painting.js';
import { describe, inkWords, sentencesOf } from './picture-words.js';

/** @typedef {ReturnType<typeof createPicturePanel>} PicturePanel */

/**
 * A reading of the picture.
 * @typedef {object} Reading
 * @property {Picture} picture
 * @property {readonly Box[]} boxes
 * @property {Layers} layers
 */

/** The step of the slider. */
const STEP = 0.05;

/**
 * Puts the digit of a picture on the pad, and shows the panel until the pad shows something else.
 * @param {HTMLElement} place the panel is put behind this element
 * @param {Picture} picture is freed together with the panel
 * @param {object} options
 * @param {Drawing} options.drawing
 * @param {(sentence: string) => void} options.announce tells those who do not see the panel
 * @param {(byKeyboard: boolean) => void} options.onClose the panel is closed, by its button or because the pad shows something else
 */
export function createPicturePanel(place, picture, { drawing, announce, onClose }) {
  const controller = new AbortController();
  const { signal } = controller;
  /** How the inks that the panel has put on the pad were chosen. @type {WeakMap<Uint8Array, Choice>} */
  const choices = new WeakMap();
  /** @type {Choice} */
  let choice = AUTOMATIC;
  /** @type {readonly number[]} */
  let indices = [];
  const grey = picture.grey();
  /** @type {Reading} */
  let reading = readingOf(picture, grey);
  /** What was on the pad when the panel last looked. @type {{ picture: unknown, strokes: unknown }} */
  let seen = { picture: null, strokes: null };
  /** The scheduled reading; 0 for none. */
  let scheduled = 0;
  let closed = false;

  const canvas = make('canvas', { role: 'img' });
  const boxes = createBoxes((index) => select([index]));
  const frame = make('div', { class: 'picture-frame' }, canvas, boxes.element);
  const words = make('p', { class: 'picture-words' });
  const digits = createDigitButtons(select);
  const legend = createLegend();
  const slider = make('input', {
    type: 'range',
    class: 'slider',
    min: '-1',
    max: '1',
    step: String(STEP),
    value: '0',
    'aria-label': 'How much is ink',
    title: 'A double click returns to automatic',
  });
  const automatic = make('button', { type: 'button', class: 'plain' }, 'Automatic');
  const close = make(
    'button',
    { type: 'button', class: 'icon small', 'aria-label': 'Close the picture', title: 'Close the picture' },
    drawn('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, drawn('path', { d: 'm5 5 10 10M15 5 5 15' })),
  );
  const root = make(
    'section',
    { class: 'picture-panel', 'aria-label': 'The picture as read' },
    make('div', { class: 'picture-head' }, make('h2', { class: 'caption' }, 'The picture as read'), close),
    frame,
    legend.element,
    words,
    digits.element,
    make(
      'div',
      { class: 'picture-ink' },
      make('span', { 'aria-hidden': 'true' }, 'less ink'),
      slider,
      make('span', { 'aria-hidden': 'true' }, 'more ink'),
      automatic,
    ),
  );
  frame.style.setProperty('--ratio', String(picture.width / picture.height));
  place.after(root);
  const surface = createSurface(canvas);

  /** The reading with the present sensitivity, which replaces the one before. */
  function read() {
    const { boxes: before, picture: old } = reading;
    reading = readingOf(choice.sensitivity === 0 ? picture : picture.withSensitivity(choice.sensitivity), grey);
    if (old !== picture) old.free();
    return before;
  }

  /**
   * Reads and shows the picture as it was chosen.
   * @param {Choice} next
   * @param {(ink: Uint8Array) => void} [put] puts the ink on the pad; without it, the pad shows a choice that was made before
   */
  function choose(next, put) {
    const other = next.sensitivity !== choice.sensitivity;
    choice = next;
    if (other) {
      const before = read();
      if (put) choice = { ...choice, selection: carriedOver(choice.selection, before, reading.boxes) };
    }
    const found = selected(reading.picture, choice.selection);
    indices = found?.indices ?? [];
    show();
    if (!found || !put) return;
    choices.set(found.ink, choice);
    put(found.ink);
  }

  const replace = (/** @type {Uint8Array} */ ink) => drawing.replace({ strokes: [], picture: ink });

  /** @param {readonly number[]} selection */
  function select(selection) {
    choose({ ...choice, selection }, replace);
  }

  /** Reads with the slider's sensitivity, unless that was done. */
  function readAgain() {
    cancelAnimationFrame(scheduled);
    scheduled = 0;
    const sensitivity = slider.valueAsNumber;
    if (sensitivity !== choice.sensitivity) choose({ ...choice, sensitivity }, drawing.adjust);
  }

  function returnToAutomatic() {
    // The button is disabled now, and would lose the focus.
    slider.focus({ preventScroll: true });
    slider.valueAsNumber = 0;
    readAgain();
    drawing.end();
  }

  function show() {
    const { picture: shown, boxes: found, layers } = reading;
    const names = shown.noteNames();
    const notes = shown.notes().map((sentence, i) => ({ name: names[i], sentence }));
    const text = sentencesOf({ digits: found.length, indices, automatic: choice.sensitivity === 0, notes });
    say(words, text);
    words.hidden = text === '';
    const removed = layers.removed.map(({ kind }) => kind);
    mark(canvas, 'aria-label', describe(found.length, removed));
    if (slider.valueAsNumber !== choice.sensitivity) slider.valueAsNumber = choice.sensitivity;
    mark(slider, 'aria-valuetext', inkWords(choice.sensitivity));
    automatic.disabled = choice.sensitivity === 0;
    root.classList.toggle('several', found.length > 1);
    boxes.show(found, indices, shown);
    digits.show(shown, found.length, indices);
    legend.show(found.length > 0, removed);
    draw();
  }

  function draw() {
    surface.fit();
    if (surface.width === 0 || surface.height === 0) return;
    paintPicture(surface, reading.layers);
    legend.draw();
  }

  function destroy() {
    if (closed) return;
    closed = true;
    controller.abort();
    observer.disconnect();
    cancelAnimationFrame(scheduled);
    if (reading.picture !== picture) reading.picture.free();
    picture.free();
    root.remove();
  }

  /** @param {boolean} [byKeyboard] */
  function leave(byKeyboard = false) {
    if (closed) return;
    destroy();
    onClose(byKeyboard);
  }

  close.addEventListener('click', ({ detail }) => leave(detail === 0), { signal });
  automatic.addEventListener('click', returnToAutomatic, { signal });
  slider.addEventListener('dblclick', returnToAutomatic, { signal });
  slider.addEventListener(
    'input',
    () => {
      if (scheduled === 0) scheduled = requestAnimationFrame(readAgain);
    },
    { signal },
  );
  slider.addEventListener(
    'change',
    () => {
      readAgain();
      drawing.end();
      announce(`${inkWords(choice.sensitivity)}. ${words.textContent || 'One digit was found.'}`);
    },
    { signal },
  );
  root.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      leave(true);
    },
    { signal },
  );
  // Within the frame of the layout, so that the canvas is never seen empty.
  const observer = new ResizeObserver(() => draw());
  observer.observe(canvas);

  choose(AUTOMATIC, replace);
  seen = { picture: drawing.picture, strokes: drawing.strokes };
  announce(`${canvas.getAttribute('aria-label')} ${words.textContent}`);
  root.scrollIntoView({ block: 'nearest' });

  return {
    /** Draws again, because colours have changed. */
    redraw: show,

    /** The drawing has changed: the panel shows how its ink was chosen, or is closed if it is not from this picture. */
    follow() {
      const { picture: onPad, strokes } = drawing;
      // The end of an adjustment changes nothing: the panel may show a reading in which there is no digit.
      if (onPad === seen.picture && strokes === seen.strokes) return;
      seen = { picture: onPad, strokes };
      const known = onPad && choices.get(onPad);
      if (!known) leave();
      else if (known !== choice) choose(known);
    },

    destroy,
  };
}

/**
 * @param {Picture} picture
 * @param {Uint8Array} grey is the same with every sensitivity
 * @returns {Reading}
 */
function readingOf(picture, grey) {
  const layers = layersOf(picture, grey, picture.ink(), picture.removed());
  return { picture, boxes: boxesOf(picture.boxes()), layers };
}
