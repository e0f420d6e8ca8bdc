// The figure in an element: the parts of the page's own instrument, in the places that the shell has for them. Loaded after the
// shell.

/** @import { Sheet } from '../pad/drawing.js' */
/** @import { Settings, Stroke } from '../simulator/types.js' */
/** @import { State } from '../state/parameters.js' */
/** @import { Host, Shell } from './types.js' */

import { createInstrument } from '../instrument/instrument.js';
import { createFileDrop, isImage } from '../pad/image-import.js';
import { SHIPPED_SIZES } from '../simulator/dimensions.js';
import { readLink } from '../state/link.js';
import { INITIAL, PAGE, SETTINGS } from '../state/parameters.js';
import { make } from '../ui/dom.js';
import { actionOf } from '../ui/keys.js';
import { createNote } from '../ui/notice.js';
import { createMembranes } from '../views/membranes.js';
import { createPicture } from '../views/picture.js';
import { createRaster } from '../views/raster.js';
import { arrange } from './arrangement.js';
import { SETTING_ATTRIBUTES } from './attributes.js';
import styles from './figure.css';
import { sampleOf } from './sample.js';
import { createStack } from './stack.js';
import { nameOf } from './view-names.js';

/** Actions that change the drawing. */
const DRAWS = ['undo', 'redo', 'clear', 'erase'];

/** @type {CSSStyleSheet | null} */
let sheet = null;

async function loadDoctor() {
  const [view, { createDoctor }] = await Promise.all([
    import('../doctor/doctor-view.js'),
    import('../doctor/doctor-here.js'),
  ]);
  return { ...view, createDoctor };
}

/** The styles that all figures share. */
export function figureSheet() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
  }
  return sheet;
}

/** @typedef {ReturnType<typeof createFigure>} Figure */

/**
 * @param {Shell} shell
 * @param {Host} host
 */
export function createFigure(shell, host) {
  const { instrument: root, figure, frame, message, ids, views, readonly } = shell;
  const { files, attribute, tell, quietly } = host;
  const controller = new AbortController();
  const { signal } = controller;
  const free = arrange(shell);
  const note = createNote(
    frame.appendChild(
      make(
        'div',
        { class: 'note', role: 'status', hidden: '' },
        make('p', {}),
        make('button', { type: 'button', class: 'plain' }, 'Dismiss'),
      ),
    ),
  );
  /** The network that `src` names, or that was given, as safetensors; null for the own one. @type {() => Promise<Uint8Array | null>} */
  let weights = async () => null;
  /** What was set by properties, and goes before attributes. @type {Partial<Settings>} */
  let chosen = {};
  let started = false;
  /** Is a digit to come that nobody has to draw: a sample, a link's, or another figure's? */
  let awaited = ['digit', 'link', 'for', 'group'].some((name) => attribute(name) !== null);
  /** What was drawn when it changed last. @type {Sheet} */
  let known = host.early;
  /** Resolves once a network is loaded. @type {((value: unknown) => void)[]} */
  let waiting = [];

  const instrument = createInstrument(root, {
    assets: { ...files.assets, digits: files.importer.digits },
    ids,
    note,
    expectedSizes: SHIPPED_SIZES,
    weightsOf: () => weights(),
    onChange(change) {
      const { strokes, picture } = instrument.drawing;
      // Settings may have changed, and not the drawing.
      if (change === 'settled' && strokes === known.strokes && picture === known.picture) return;
      known = { strokes, picture };
      if (started) host.changed(change);
    },
    plays: host.plays,
    workbench: { doctor: loadDoctor },
    arrangeViews: (_, entries, page) => {
      const places = [...free].map(([name, place]) => {
        place.classList.add('views-column');
        const entry = entries.find((each) => nameOf(each) === name || each.name === name);
        if (name === 'raster') return { name, root: titled(place, 'Spikes'), load: () => createRaster };
        if (name === 'membranes') return { name, root: place, load: () => createMembranes };
        if (name === 'picture') return { name, root: place, load: () => createPicture };
        return entry
          ? { name, root: panel(place, entry.title), load: entry.load }
          : { name, root: place, load: () => refuse(name) };
      });
      return createStack(places, page, () => awaited);
    },
    onRecording(recording) {
      if (recording) tell('verdict', recording.verdict);
    },
    onTime: (time) => tell('timeupdate', { currentTime: time, duration: instrument.clock.duration }),
    onFailed: fail,
  });
  const { clock, drawing, presentation, state } = instrument;

  /** @param {string} name @returns {Promise<never>} */
  async function refuse(name) {
    const known = [
      'pad',
      'picture',
      'stage',
      'votes',
      'verdict',
      'raster',
      'membranes',
      ...instrument.views.map(nameOf),
    ];
    throw new Error(`There is no view “${name}”. There are: ${known.join(', ')}.`);
  }

  /** @param {string} reason */
  function fail(reason) {
    message.textContent = reason;
    figure.classList.add('failed', 'begun');
    tell('error', { message: reason });
  }

  /** Loads the network, and tells when it is there. */
  function load() {
    figure.classList.remove('failed');
    instrument.load().then(() => {
      if (signal.aborted || !presentation.recorder || figure.classList.contains('failed')) return;
      figure.classList.add('begun');
      tell('progress', { loaded: 2, total: 2 });
      tell('load', { sizes: presentation.recorder.network.sizes });
      for (const done of waiting) done(undefined);
      waiting = [];
    });
  }

  const whenLoaded = () => (presentation.recorder ? Promise.resolve() : new Promise((done) => waiting.push(done)));

  /** @param {readonly (File | Blob | Uint8Array | string | URL)[]} sources of one network; none for the own one */
  function takeNetwork(sources) {
    const reading =
      sources.length > 0 ? import('./network-source.js').then((module) => module.read(sources, files.importer)) : null;
    weights = async () => reading;
    load();
  }

  /** The state that link and attributes give. @returns {State} */
  function given() {
    const linked = readLink((attribute('link') ?? '').replace(/^[^#]*#/, ''), ['answer']);
    for (const problem of linked.notes.filter((each) => !each.startsWith('There is no'))) note.show(problem, 'link');
    instrument.hideAnswer(linked.hidden.includes('answer'));
    /** @type {Record<string, unknown>} */
    const read = {};
    for (const { name, key, kind } of [...SETTINGS, ...PAGE]) {
      const text = SETTING_ATTRIBUTES.includes(name) || name === 'speed' ? attribute(key) : null;
      if (text === null) continue;
      const value = kind.parse(text);
      if (value === undefined) note.show(`“${key}” must be ${kind.range}.`, 'attribute');
      else read[name] = value;
    }
    const loop = attribute('loop') === null ? {} : { loop: true };
    return { ...linked.state, ...read, ...loop, ...chosen, network: null, view: 'spikes' };
  }

  function takeState() {
    const { strokes: _, picture: __, ...rest } = given();
    state.set(rest);
  }

  /** Shows the digit that `link` or `digit` names. */
  async function takeDigit() {
    if (attribute('link') !== null) {
      const { strokes, picture } = given();
      awaited = strokes.length > 0 || picture !== null;
      show({ strokes, picture });
    } else if (attribute('digit') !== null) {
      const asked = drawing.actions;
      const strokes = await sampleOf(String(attribute('digit')), files.samples).catch((error) => {
        note.show(error.message, 'attribute');
        awaited = false;
        return null;
      });
      if (strokes && drawing.actions === asked && !signal.aborted) show({ strokes, picture: null });
    }
  }

  /** Draws what the shell's pad took, stroke by stroke, so that each can be undone. */
  function takeEarly() {
    const { strokes, picture } = host.early;
    if (picture) return show(host.early);
    for (const [first, ...rest] of strokes) {
      drawing.begin(first);
      drawing.extend(rest);
      drawing.end();
    }
  }

  /** @param {Sheet} next */
  function show(next) {
    quietly(() => drawing.restore(next));
  }

  root.addEventListener(
    'keydown',
    (event) => {
      const action = actionOf(event, true);
      if (!action || (readonly && DRAWS.includes(action))) return;
      if (instrument.perform(action)) event.preventDefault();
    },
    { signal },
  );
  // After a click on an element that takes no focus, such as the pad, the figure itself takes it, to receive keys.
  root.addEventListener(
    'click',
    () => {
      if (!root.matches(':focus-within')) root.focus({ preventScroll: true });
    },
    { signal },
  );
  const drop = createFileDrop(root, {
    wanted: () => !readonly,
    onFiles: async ([file, ...more]) => {
      if (await isImage(file)) instrument.takeImage(file);
      else takeNetwork([file, ...more]);
    },
    onDrag: (over) => root.classList.toggle('dropping', over),
  });
  const retry = make('button', { type: 'button', class: 'button', part: 'retry' }, 'Try again');
  retry.addEventListener('click', () => load(), { signal });
  message.after(retry);

  /** @type {Record<string, (value: any) => void>} */
  const setters = {
    settings(value) {
      chosen = { ...chosen, ...value };
      takeState();
    },
    network: (value) => takeNetwork(value ? [value].flat() : []),
    currentTime(value) {
      clock.seek(Number(value));
      instrument.redraw();
    },
  };

  takeState();
  takeEarly();
  known = { strokes: drawing.strokes, picture: drawing.picture };
  started = true;
  if (drawing.blank) takeDigit();
  for (const [name, value] of host.pending) if (name !== 'network') setters[name](value);
  if (host.pending.has('network')) setters.network(host.pending.get('network'));
  else takeNetwork(sourcesOf(attribute('src')));

  return {
    /** @returns {Sheet} */
    get sheet() {
      return { strokes: drawing.strokes, picture: drawing.picture };
    },
    follow: drawing.follow,
    show,

    get network() {
      return presentation.recorder?.network ?? null;
    },
    get recording() {
      return presentation.recording;
    },
    get settings() {
      return presentation.recording?.settings ?? { ...presentation.recorder?.defaults, ...chosen };
    },
    get currentTime() {
      return clock.time;
    },
    get paused() {
      return !clock.playing;
    },

    /** @param {string} name @param {any} value */
    set: (name, value) => setters[name](value),

    /** Properties that outlast this figure. */
    kept: () => new Map(Object.keys(chosen).length > 0 ? [['settings', chosen]] : []),

    /** @param {string} name of an attribute that has changed */
    takeAttribute(name) {
      if (name === 'src') takeNetwork(sourcesOf(attribute('src')));
      else if (name === 'digit') takeDigit();
      else {
        takeState();
        if (name === 'link') takeDigit();
      }
    },

    async play() {
      await whenLoaded();
      clock.play();
      instrument.redraw();
    },

    pause() {
      clock.pause();
      instrument.redraw();
    },

    /** @param {number} by steps */
    async step(by) {
      await whenLoaded();
      clock.step(by);
      instrument.redraw();
    },

    /** @param {readonly Stroke[] | Uint8Array} ink strokes, or pixels of a picture */
    async read(ink) {
      const picture = ink instanceof Uint8Array ? ink : null;
      show({ strokes: picture ? [] : /** @type {Stroke[]} */ (ink), picture });
      await whenLoaded();
      return presentation.recording?.verdict ?? null;
    },

    /** @param {string} [view] */
    async toBlob(view = views[0]) {
      await whenLoaded();
      const { blobOf } = await import('./picture-of.js');
      return blobOf(instrument, root, view);
    },

    suspend: instrument.suspend,
    redraw: () => instrument.redraw(true),

    destroy() {
      controller.abort();
      drop.destroy();
      instrument.destroy();
    },
  };
}

/** The state of a figure to which nothing is said. @type {State} */
export const FIRST = INITIAL;

/** @param {string | null} src addresses, with spaces between them */
function sourcesOf(src) {
  return (src ?? '').split(/\s+/).filter(Boolean);
}

/** A place with the heading that the page's tab would be. @param {HTMLElement} place @param {string} title */
function titled(place, title) {
  const rows = make('div', { class: 'rows' });
  place.append(make('h3', { class: 'caption' }, title), rows);
  return rows;
}

/** @param {HTMLElement} place @param {string} title */
function panel(place, title) {
  const made = make('div', { class: 'panel' });
  // Most views have a heading of their own.
  if (['Parameters', 'Export'].includes(title)) place.append(make('h3', { class: 'caption' }, title));
  place.append(made);
  return made;
}
