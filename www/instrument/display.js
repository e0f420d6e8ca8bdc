// Decides what an instrument shows, and when: every view draws the recording at the time of the clock, at most once a frame.

/** @import { BreakOptions } from '../breaking/break-view.js' */
/** @import { DoctorOptions } from '../doctor/doctor-view.js' */
/** @import { Drawing } from '../pad/drawing.js' */
/** @import { Clock } from '../playback/clock.js' */
/** @import { Network, Recording } from '../simulator/types.js' */
/** @import { Store } from '../state/state.js' */
/** @import { View } from '../views/types.js' */
/** @import { Options } from './types.js' */
/** @import { Presentation } from './presentation.js' */

import { createPad } from '../pad/pad.js';
import { createDeferral } from '../playback/deferral.js';
import { createFrames } from '../playback/frame-scheduler.js';
import { createTransport } from '../playback/transport.js';
import { withoutAnswer } from '../simulator/readout.js';
import { withPrintScale } from '../ui/canvas-surface.js';
import { find, mark, partsOf } from '../ui/dom.js';
import { createStage } from '../views/stage.js';
import { createTabs } from '../views/tabs.js';
import { createVerdict } from '../views/verdict.js';
import { createVotes } from '../views/votes.js';
import { createDigitChoice } from './digit-choice.js';
import { createPadTools } from './pad-tools.js';
import { createRunControls } from './run-controls.js';
import { createSoundButton } from './sound-button.js';
import { createViewContext, createViewEntries } from './view-context.js';

/**
 * @typedef {object} Model the state that is shown
 * @property {Drawing} drawing
 * @property {Store} state
 * @property {Clock} clock
 * @property {Presentation} presentation
 */

/**
 * @typedef {object} Handlers
 * @property {() => void} beforeFrame brings the recording up to date
 * @property {() => void} onReseed another seed was set
 * @property {() => boolean} isWaiting is the network being loaded, or a picture read?
 * @property {() => boolean} isInking is a stroke being drawn?
 * @property {DoctorOptions['simulator']} simulator the network that is shown, and the simulator for networks of any size
 * @property {BreakOptions['whole']} whole
 */

/**
 * @param {HTMLElement} root
 * @param {Model} model
 * @param {Omit<Options, 'onChange'>} options
 * @param {Handlers} handlers
 */
export function createDisplay(root, model, options, handlers) {
  const {
    assets,
    ids,
    note,
    expectedSizes,
    onMissing,
    onUse,
    onTime,
    changeNetwork,
    workbench,
    arrangeViews = createTabs,
  } = options;
  const { drawing, state, clock, presentation } = model;
  const part = partsOf(root, ids);
  const controller = new AbortController();
  const verdict = part('verdict', HTMLElement);
  let lastFrame = 0;
  let shownTime = 0;
  /** Do the deferred views still show an earlier recording or another neuron? */
  let viewsStale = false;
  /** Has something changed that is not drawn everywhere? */
  let undrawn = true;
  /** What is shown of the recording. @type {Recording | null} */
  let recording = null;
  let answerHidden = false;

  const frames = createFrames(frame);
  const deferral = createDeferral();
  const tools = createPadTools(part, drawing, state, redraw);
  const choice = createDigitChoice(part('several', HTMLElement), drawing, presentation);
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
  const runControls = createRunControls(part, drawing, state, presentation, handlers.onReseed);
  const sound = createSoundButton(part('sound', HTMLButtonElement), redraw, note.show);
  const { testImages, digits } = assets;
  const { simulator, whole } = handlers;
  const measuring = { testImages, digits, onUse, changeNetwork, workbench, simulator, whole };
  const views = createViewEntries(state, presentation, measuring, redraw);
  const context = createViewContext({
    assets,
    ids,
    expectedSizes,
    state,
    presentation,
    onMissing,
    redraw,
    picture,
    isAnswerHidden: () => answerHidden,
    embedding: options.embedding,
    onPoint(neuron) {
      for (const view of [stage, tabs]) view.point?.(neuron);
      frames.ask();
    },
  });
  /** The views that are never deferred: they answer a point of a stroke in the frame that shows it. @type {View[]} */
  const answers = [createVotes(part('votes', HTMLElement), context), createVerdict(verdict, context)];
  const stage = createStage(find(root, '.stage-column', HTMLElement), context);
  const tabs = arrangeViews(find(root, '.views', HTMLElement), views.entries, context);

  /** The arguments of `View.show`. @returns {Parameters<View['show']>} */
  function shown() {
    return [recording, presentation.recorder?.network ?? null, state.now.neuron];
  }

  /** Shows the current recording in the deferred views; they must not draw an earlier one. */
  function updateViews() {
    if (!viewsStale) return;
    viewsStale = false;
    for (const view of [stage, tabs]) view.show(...shown());
  }

  /** Asks for a frame, because something has changed. @param {boolean} [resized] may sizes or colours have changed? */
  function redraw(resized = false) {
    undrawn = true;
    updateBusy();
    frames.ask(resized);
  }

  /** Sets `aria-busy`: it is false once everything shows the same recording at the same time. */
  function updateBusy() {
    mark(root, 'aria-busy', undrawn || drawing.sketching || handlers.isWaiting() || views.pending);
  }

  /**
   * @param {number} now ms
   * @param {boolean} resized
   */
  function frame(now, resized) {
    handlers.beforeFrame();
    if (resized) {
      updateViews();
      for (const view of [pad, stage, tabs]) view.resize();
    }
    clock.advance(lastFrame > 0 ? now - lastFrame : 0);
    if (onTime && shownTime !== clock.time) onTime(clock.time);
    shownTime = clock.time;
    pad.draw();
    for (const view of [...answers, sound]) view.draw(clock.time);
    root.classList.toggle('blank', drawing.blank);
    root.classList.toggle('temporary', drawing.temporary);
    // Screen readers do not announce the answer to a drawing that the user did not make.
    mark(verdict, 'aria-live', drawing.temporary ? 'off' : 'polite');
    // A canvas that was resized is empty, so it is drawn at once.
    const complete = deferral.draw(resized, () => {
      updateViews();
      for (const view of [stage, tabs, transport]) view.draw(clock.time);
      tools.draw();
      choice.draw();
      runControls.draw(handlers.isInking());
    });
    lastFrame = clock.playing ? now : 0;
    if (complete) undrawn = false;
    if (clock.playing || !complete) frames.ask();
    updateBusy();
  }

  /**
   * Draws a view, the pad and the stage at print resolution, calls `take`, and then has all redrawn for the screen.
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

  /** There is another recording. */
  function showRecording() {
    recording = presentation.recording;
    if (recording && answerHidden) recording = withoutAnswer(recording);
    for (const view of answers) view.show(...shown());
    sound.show(recording);
    viewsStale = true;
  }

  /** @type {Record<string, () => void>} */
  const actions = { ...tools.actions, reseed: runControls.reseed, sound: sound.toggle };

  frames.fit(root.querySelectorAll('.pad, .stage, [role=tabpanel]'));
  // The height of a plot depends on that of the window, even while its panel keeps its size.
  addEventListener('resize', () => redraw(true), { signal: controller.signal });
  // What a click asks of a view, such as a file to save or a table, is answered from the present recording.
  for (const type of ['click', 'toggle'])
    root.addEventListener(type, updateViews, { capture: true, signal: controller.signal });

  return {
    redraw,
    picture,
    views: views.entries,
    choose: tabs.choose,
    awaitAnswer: deferral.awaitAnswer,

    showRecording,

    /** @param {boolean} on draw no frames, because nobody sees them? */
    suspend(on) {
      lastFrame = 0;
      frames.hold(on);
    },

    /** @param {boolean} hidden */
    hideAnswer(hidden) {
      if (hidden === answerHidden) return;
      answerHidden = hidden;
      showRecording();
      redraw(true);
    },

    /** Call it when another neuron was picked. */
    showNeuron() {
      viewsStale = true;
    },

    /** Shows a network to which nothing is presented yet. @param {Network} network */
    showAtRest(network) {
      stage.show(null, network, state.now.neuron);
    },

    /**
     * @param {string} name of an action: see `actionOf`
     * @returns {boolean} is there such an action?
     */
    perform(name) {
      if (!(name in actions)) return transport.act(name);
      actions[name]();
      return true;
    },

    destroy() {
      controller.abort();
      for (const each of [frames, pad, tools, transport, runControls, sound]) each.destroy();
      for (const view of [...answers, stage, tabs]) view.destroy();
    },
  };
}
