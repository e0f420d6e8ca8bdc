// What an element shows before its figure is loaded: a place for each part, and a pad.

/** @import { Stroke } from '../simulator/types.js' */
/** @import { Shell } from './types.js' */

import { make } from '../ui/dom.js';
import { createEarlyPad } from './early-pad.js';
import { stopInnerEvents } from './inner-events.js';
import styles from './shell.css';

/** @type {CSSStyleSheet | null} */
let sheet = null;

/** The shells that were made so far: their parts have ids. */
let made = 0;

/** The style sheet of the shell, which all elements share. */
export function shellSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  return sheet;
}

/**
 * @param {ShadowRoot} root what it holds is replaced
 * @param {object} options
 * @param {readonly string[]} options.views the names of the parts, in their order
 * @param {boolean} options.readonly
 * @param {() => readonly Stroke[]} options.drawn what is on the pad
 * @param {(strokes: readonly Stroke[]) => void} options.onInk
 * @returns {Shell}
 */
export function createShell(root, { views, readonly, drawn, onInk }) {
  root.adoptedStyleSheets = [shellSheet()];
  made += 1;
  const ids = `spikepad-${made}-`;
  const instrument = make('div', {
    class: `instrument blank${readonly ? ' readonly' : ''}`,
    part: 'views',
    role: 'group',
    'aria-label': 'Spikepad',
    tabindex: '-1',
  });
  for (const name of views) instrument.append(make('section', { 'data-figure': name, part: name }));
  const message = make('p', { class: 'message', role: 'alert', part: 'error' });
  const error = make('slot', { name: 'error' }, message);
  const frame = make('div', { class: 'instrument-frame' }, instrument);
  const caption = make('figcaption', { part: 'caption' }, make('slot', { name: 'caption' }));
  const poster = make('slot', { name: 'poster' });
  const figure = make('figure', { part: 'figure', lang: 'en' }, poster, error, frame, caption);
  const place = instrument.querySelector('[data-figure="pad"]');
  const canvas = place && fillPad(place, ids, readonly);
  const pad = canvas && createEarlyPad(canvas, drawn, onInk);
  root.replaceChildren(figure);
  stopInnerEvents(figure, instrument);
  return { root, figure, frame, instrument, message, ids, views, readonly, pad };
}

/**
 * @param {Element} place
 * @param {string} ids
 * @param {boolean} readonly
 * @returns {HTMLCanvasElement}
 */
function fillPad(place, ids, readonly) {
  const canvas = make('canvas', { id: `${ids}pad`, class: 'pad', part: 'canvas' });
  const voice = make('p', { id: `${ids}pad-voice`, class: 'visually-hidden', 'aria-live': 'polite' });
  const about = make(
    'p',
    { id: `${ids}pad-about`, class: 'visually-hidden' },
    'Draw a digit with a mouse, a finger or a pen. Or move the pen with the arrow keys; the space bar puts it down and lifts it.',
  );
  const paper = make(
    'div',
    { class: 'paper', role: 'application', tabindex: '0', 'aria-label': 'Drawing pad', 'aria-describedby': about.id },
    ...[canvas, about, voice, make('p', { class: 'invitation', 'aria-hidden': 'true' }, 'Draw a digit here')],
    make('p', { class: 'turn', 'aria-hidden': 'true' }),
  );
  paper.inert = readonly;
  const title = make('h2', { id: `${ids}draw-title`, class: 'caption' }, readonly ? 'The digit' : 'Your digit');
  place.append(title, paper);
  return canvas;
}
