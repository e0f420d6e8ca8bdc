// The instrument: a pad, and the network that reads it at work. A drawing becomes a recording, the clock runs through the
// recording, and every view shows it at the time of the clock.

/** @import { Change } from '../pad/drawing.js' */
/** @import { Stroke } from '../simulator/types.js' */
/** @import { Note } from '../ui/notice.js' */
/** @import { View } from '../views/types.js' */
/** @import { Assets } from './loading.js' */

import { createDrawing } from '../pad/drawing.js';
import { readImage } from '../pad/image-import.js';
import { createPad } from '../pad/pad.js';
import { createPenDemo } from '../pad/pen-demo.js';
import { createClock } from '../playback/clock.js';
import { createDeferral } from '../playback/deferral.js';
import { createFrames } from '../playback/frame-scheduler.js';
import { createTransport } from '../playback/transport.js';
import { createState } from '../state/state.js';
import { withPrintScale } from '../ui/canvas-surface.js';
import { find, mark, partsOf } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { createStage } from '../views/stage.js';
import { createTabs } from '../views/tabs.js';
import { createVerdict } from '../views/verdict.js';
import { createVotes } from '../views/votes.js';
import { createLoading } from './loading.js';
import { createPadTools } from './pad-tools.js';
import { createPresentation } from './presentation.js';
import { createRunControls } from './run-controls.js';
import { createSoundButton } from './sound-button.js';
import { createViewContext, createViewEntries } from './view-context.js';

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** @typedef {ReturnType<typeof createInstrument>} Instrument */

/**
 * @typedef {object} Options
 * @property {Assets} assets
 * @property {string} ids what the ids in the root begin with
 * @property {Pick<Note, 'show' | 'hide'>} note tells the user what went wrong
 * @property {readonly number[]} [expectedSizes] the network's layers, shown until it is loaded
 * @property {(change: Change) => void} [onChange] the drawing or a choice has changed
 */

/**
 * @param {HTMLElement} root holds the markup of `instrumentMarkup`. Its `aria-busy` is true while something on it does not
 *   show the present recording at the present time, or is still being loaded or drawn
 * @param {Options} options
 */
export function createInstrument(root, { assets, ids, note, expectedSizes, onChange = () => {} }) {
  const part = partsOf(root, ids);
  const life = new AbortController();
  const verdict = part('verdict', HTMLElement);
  let lastFrame = 0;
  /** Is a stroke being drawn? */
  let inking = false;
  /** Do the deferred views still show an earlier recording or another neuron? */
  let viewsStale = false;
  /** Has something changed that is not drawn everywhere? */
  let undrawn = true;

  const frames = createFrames(frame);
  const clock = createClock();
  const deferral = createDeferral();
  const drawing = createDrawing((change) => {
    // At 'lifted' the network has seen the last point already.
    if (change !== 'lifted') presentation.invalidate();
    const first = !inking;
    inking = change === 'ink';
    clock.setEndless(inking);
    if (inking) {
      deferral.awaitAnswer(first);
      if (!clock.playing) clock.play();
    } else {
      begin();
    }
    onChange(change);
    redraw();
  });
  const state = createState((now, changed) => {
    clock.setSpeed(now.speed);
    clock.setLoop(now.loop);
    tabs.choose(now.view);
    if (presentation.dependsOn(changed)) presentAgain();
    else if (changed.has('neuron')) viewsStale = true;
    onChange('settled');
    redraw();
  });
  const presentation = createPresentation(drawing, state, note);
  const penDemo = createPenDemo(drawing);
  const tools = createPadTools(part, drawing, state, redraw);
  const pad = createPad(
    part('pad', HTMLCanvasElement),
    part('pad-voice', HTMLElement),
    drawing,
    () => ({ penWidth: state.now.penWidth, erasing: tools.erasing }),
    () => frames.ask(),
  );
  const transport = createTransport(
    part('transport', HTMLElement),
    part('scrubber', HTMLInputElement),
    find(root, '.raster', HTMLElement),
    clock,
    state,
    redraw,
  );
  const runControls = createRunControls(part, drawing, state, presentation, begin);
  const views = createViewEntries(state, presentation, redraw);
  const context = createViewContext({
    assets,
    ids,
    expectedSizes,
    state,
    presentation,
    redraw,
    picture,
    onPoint(neuron) {
      for (const view of [stage, tabs]) view.point?.(neuron);
      frames.ask();
    },
  });
  /** What shows the answer is drawn in the frame of the point that it answers. @type {View[]} */
  const answers = [createVotes(part('votes', HTMLElement), context), createVerdict(verdict, context)];
  const stage = createStage(find(root, '.stage-column', HTMLElement), context);
  const tabs = createTabs(find(root, '.views', HTMLElement), views.entries, context);
  const sound = createSoundButton(part('sound', HTMLButtonElement), redraw, () =>
    note.show('This browser does not let the page play sound.'),
  );
  const loading = createLoading(root, assets, {
    onNetwork(network) {
      if (drawing.blank) stage.show(null, network, state.now.neuron);
    },
    onLoaded(recorder) {
      presentation.recorder = recorder;
      begin();
    },
    onChange: redraw,
  });

  /** The arguments of `View.show`. @returns {Parameters<View['show']>} */
  function shown() {
    return [presentation.recording, presentation.recorder?.network ?? null, state.now.neuron];
  }

  /** Plays the recording of what is drawn from its start; with reduced motion, shows its end. */
  function begin() {
    if (presentation.stale) present();
    deferral.awaitAnswer(true);
    clock.restart();
    if (reducedMotion.matches) clock.seek(clock.duration);
    redraw();
  }

  /** Makes the recording again for other settings. Where the end of the old one was shown, so is that of the new one. */
  function presentAgain() {
    const ended = clock.duration > 0 && clock.time >= clock.duration;
    present();
    if (ended) clock.seek(clock.duration);
  }

  function present() {
    presentation.make();
    clock.setDuration(presentation.recording?.steps ?? 0);
    if (presentation.recording && reducedMotion.matches) clock.seek(clock.duration);
    for (const view of answers) view.show(...shown());
    sound.show(presentation.recording);
    viewsStale = true;
  }

  /** Shows the present recording in the views that may lag behind the answer. */
  function updateViews() {
    if (!viewsStale) return;
    viewsStale = false;
    for (const view of [stage, tabs]) view.show(...shown());
    presentation.markViewed();
  }

  /** Asks for a frame, because something has changed. @param {boolean} [resized] may sizes or colours have changed? */
  function redraw(resized = false) {
    undrawn = true;
    settle();
    frames.ask(resized);
  }

  /** Says whether everything shows the same recording at the same time. */
  function settle() {
    mark(root, 'aria-busy', undrawn || drawing.sketching || loading.pending || views.pending);
  }

  /**
   * @param {number} now ms
   * @param {boolean} resized
   */
  function frame(now, resized) {
    if (resized) for (const view of [pad, stage, tabs]) view.resize();
    if (presentation.stale) present();
    clock.advance(lastFrame > 0 ? now - lastFrame : 0);
    pad.draw();
    for (const view of [...answers, sound]) view.draw(clock.time);
    root.classList.toggle('blank', drawing.blank);
    root.classList.toggle('temporary', drawing.temporary);
    // Nobody waits to hear what was read of something they did not draw.
    mark(verdict, 'aria-live', drawing.temporary ? 'off' : 'polite');
    // A canvas that was resized is empty, and cannot wait.
    const whole = deferral.draw(resized, () => {
      updateViews();
      for (const view of [stage, tabs, transport]) view.draw(clock.time);
      tools.draw();
      runControls.draw(inking);
    });
    lastFrame = clock.playing ? now : 0;
    if (whole) undrawn = false;
    if (clock.playing || !whole) frames.ask();
    settle();
  }

  /**
   * Draws a view, the pad and the stage at the resolution of print, and calls `take` while they have it.
   * @param {string} view
   * @param {(root: ParentNode) => void} take
   */
  async function picture(view, take) {
    updateViews();
    await tabs.prepare(view);
    withPrintScale(() => {
      for (const each of [pad, stage]) each.resize();
      pad.draw();
      stage.draw(clock.time);
      tabs.reveal(view, clock.time, () => take(root));
    });
    redraw(true);
  }

  /** @type {Record<string, () => void>} */
  const actions = { ...tools.actions, reseed: runControls.reseed, sound: sound.toggle };

  frames.fit(root.querySelectorAll('.pad, .stage, [role=tabpanel]'));
  // A plot may be as high as the window lets it, in a panel that stays as high as it was.
  addEventListener('resize', () => redraw(true), { signal: life.signal });
  tabs.choose(state.now.view);

  return {
    root,
    drawing,
    state,
    views: views.entries,
    /** Resolves when the network is loaded. */
    ready: loading.ready,
    load: loading.load,
    redraw,

    /**
     * Does what a key or a button asks for: see `actionOf` for the names.
     * @param {string} name
     * @returns {boolean} is it an action of the instrument?
     */
    perform(name) {
      if (!(name in actions)) return transport.act(name);
      actions[name]();
      return true;
    },

    /**
     * Draws strokes onto the pad as a pen would, in place of what is there.
     * @param {readonly Stroke[]} strokes
     * @param {boolean} [temporary] do they disappear at the next change?
     */
    drawSample(strokes, temporary = false) {
      penDemo.draw(strokes, { atOnce: reducedMotion.matches, temporary });
      redraw();
    },

    /** @param {Blob} file an image, which replaces what is on the pad */
    async takeImage(file) {
      const { recorder } = presentation;
      if (!recorder) return;
      try {
        drawing.replace({ strokes: [], picture: await readImage(file, recorder.pictureOf) });
      } catch (error) {
        note.show(messageOf(error));
      }
    },

    /** Stops everything that it has started; the markup stays. */
    destroy() {
      life.abort();
      for (const each of [frames, penDemo, pad, tools, transport, runControls, sound, loading]) each.destroy();
      for (const view of [...answers, stage, tabs]) view.destroy();
      presentation.destroy();
    },
  };
}
