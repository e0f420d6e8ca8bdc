// Shows a picture as it was read beside the pad: what was taken for ink, what was taken away, and the digits that were found.
// The visitor chooses one of them, or how much is ink. Loaded when the first picture comes.

/** @import { Picture } from '../simulator/types.js' */
/** @import { Box, Choice } from './picture-choice.js' */
/** @import { Drawing } from './drawing.js' */
/** @import { Layers } from './picture-painting.js' */

import { channels, createSurface } from '../ui/canvas-surface.js';
import { drawn, make, mark, say } from '../ui/dom.js';
import { AUTOMATIC, boxesOf, carriedOver, selected } from './picture-choice.js';
import { layersOf, paintPicture, paintSwatch } from './picture-painting.js';
import { describe, inkWords, REMOVED, sentencesOf } from './picture-words.js';
import { createThumbnail } from './thumbnail.js';

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

let panels = 0;

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
  panels += 1;
  const group = `picture-digits-${panels}`;
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
  const boxes = make('div', { class: 'picture-boxes' });
  const frame = make('div', { class: 'picture-frame' }, canvas, boxes);
  const words = make('p', { class: 'picture-words' });
  const digits = make('div', { class: 'picture-digits', role: 'group', 'aria-label': 'Digits in the picture' });
  const legend = make('ul', { class: 'picture-legend' });
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
    legend,
    words,
    digits,
    make(
      'div',
      { class: 'picture-ink' },
      make('span', { 'aria-hidden': 'true' }, 'less ink'),
      slider,
      make('span', { 'aria-hidden': 'true' }, 'more ink'),
      automatic,
    ),
  );
  const { style } = frame;
  style.setProperty('--ratio', String(picture.width / picture.height));
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
  const select = (selection) => choose({ ...choice, selection }, replace);

  /** Reads with the slider's sensitivity, unless that was done. */
  function follow() {
    cancelAnimationFrame(scheduled);
    scheduled = 0;
    const sensitivity = slider.valueAsNumber;
    if (sensitivity !== choice.sensitivity) choose({ ...choice, sensitivity }, drawing.adjust);
  }

  function returnToAutomatic() {
    // The button is disabled now, and would lose the focus.
    slider.focus({ preventScroll: true });
    slider.valueAsNumber = 0;
    follow();
    drawing.end();
  }

  function show() {
    const { picture: shown, boxes: found, layers } = reading;
    const names = shown.noteNames();
    const notes = shown.notes().map((sentence, i) => ({ name: names[i], sentence }));
    const text = sentencesOf({ digits: found.length, indices, automatic: choice.sensitivity === 0, notes });
    say(words, text);
    words.hidden = text === '';
    mark(
      canvas,
      'aria-label',
      describe(
        found.length,
        layers.removed.map(({ kind }) => kind),
      ),
    );
    if (slider.valueAsNumber !== choice.sensitivity) slider.valueAsNumber = choice.sensitivity;
    mark(slider, 'aria-valuetext', inkWords(choice.sensitivity));
    automatic.disabled = choice.sensitivity === 0;
    showBoxes(found);
    showDigits(found);
    showLegend(found.length > 0);
    draw();
  }

  /** @param {readonly Box[]} found */
  function showBoxes(found) {
    const { width, height } = reading.picture;
    const several = found.length > 1;
    if (several) {
      boxes.setAttribute('role', 'radiogroup');
      boxes.setAttribute('aria-label', 'The digit that is read');
    } else for (const name of ['role', 'aria-label']) boxes.removeAttribute(name);
    // Kept, because the one that has the focus must not lose it.
    while (boxes.children.length > found.length) boxes.lastElementChild?.remove();
    for (const [i, { left, top, right, bottom }] of found.entries()) {
      const box = boxes.children[i] ?? make('label', { class: 'picture-box' });
      const area = /** @type {HTMLElement} */ (box).style;
      area.left = `${(100 * left) / width}%`;
      area.top = `${(100 * top) / height}%`;
      area.width = `${(100 * (right - left)) / width}%`;
      area.height = `${(100 * (bottom - top)) / height}%`;
      box.classList.toggle('chosen', indices.includes(i));
      if (box.parentElement !== boxes) boxes.append(box);
      if (!several) {
        box.replaceChildren();
        continue;
      }
      if (!box.firstChild) box.append(make('input', { type: 'radio', name: group, value: String(i) }));
      const radio = /** @type {HTMLInputElement} */ (box.firstChild);
      radio.checked = indices.length === 1 && indices[0] === i;
      mark(radio, 'aria-label', `Number ${i + 1} of ${found.length}`);
    }
  }

  /** @param {readonly Box[]} found */
  function showDigits(found) {
    digits.hidden = found.length < 2;
    root.classList.toggle('several', found.length > 1);
    if (digits.hidden) return digits.replaceChildren();
    const colour = channels(surface.palette.ink);
    const focused = [...digits.children].indexOf(/** @type {Element} */ (activeElement()));
    const buttons = found.map((_, i) => {
      const ink = reading.picture.digit(i);
      const label = `Read number ${i + 1} of ${found.length}`;
      const pressed = String(indices.length === 1 && indices[0] === i);
      const attributes = {
        type: 'button',
        class: 'picture-digit',
        'aria-label': label,
        title: label,
        'aria-pressed': pressed,
      };
      const button = make('button', attributes, ...(ink ? [createThumbnail(ink, colour)] : [`${i + 1}`]));
      button.addEventListener('click', () => select([i]));
      return button;
    });
    const all = make(
      'button',
      { type: 'button', class: 'plain', 'aria-pressed': String(indices.length > 1) },
      'As one digit',
    );
    all.addEventListener('click', () => select([...found.keys()]));
    digits.replaceChildren(...buttons, all);
    const chosen = indices.length === 1 ? buttons[indices[0]] : all;
    digits.scrollLeft = chosen.offsetLeft - (digits.clientWidth - chosen.offsetWidth) / 2;
    if (focused >= 0) /** @type {HTMLElement} */ (digits.children[Math.min(focused, found.length)]).focus();
  }

  /** @param {boolean} hasInk */
  function showLegend(hasInk) {
    const kinds = [...(hasInk ? [0] : []), ...reading.layers.removed.map(({ kind }) => kind)];
    const entries = kinds.map((kind) => {
      const swatch = make('canvas', { class: 'picture-swatch', 'aria-hidden': 'true' });
      swatch.dataset.kind = String(kind);
      return make('li', {}, swatch, kind === 0 ? 'taken for ink' : REMOVED[kind]);
    });
    legend.replaceChildren(...entries);
    legend.hidden = entries.length === 0;
  }

  function draw() {
    surface.fit();
    if (surface.width === 0 || surface.height === 0) return;
    paintPicture(surface, reading.layers);
    for (const swatch of legend.querySelectorAll('canvas')) {
      const small = createSurface(swatch);
      small.fit();
      paintSwatch(small, Number(swatch.dataset.kind));
    }
  }

  function activeElement() {
    return /** @type {Document | ShadowRoot} */ (root.getRootNode()).activeElement;
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
      if (scheduled === 0) scheduled = requestAnimationFrame(follow);
    },
    { signal },
  );
  slider.addEventListener(
    'change',
    () => {
      follow();
      drawing.end();
      announce(`${inkWords(choice.sensitivity)}. ${words.textContent || 'One digit was found.'}`);
    },
    { signal },
  );
  boxes.addEventListener(
    'change',
    ({ target }) => {
      if (target instanceof HTMLInputElement) select([Number(target.value)]);
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
    redraw() {
      show();
    },

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
