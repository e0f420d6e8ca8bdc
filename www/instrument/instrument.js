// The instrument: a pad, and the network that reads it. A drawing becomes a recording, the clock runs through the
// recording, and every view shows it at the time of the clock.

/** @import { Stroke } from '../simulator/types.js' */
/** @import { NamedNetwork } from '../state/network-code.js' */
/** @import { Options } from './types.js' */

import { createDrawing } from '../pad/drawing.js';
import { createPenDemo } from '../pad/pen-demo.js';
import { createClock } from '../playback/clock.js';
import { FULL } from '../state/ink-limits.js';
import { createState } from '../state/state.js';
import { partsOf } from '../ui/dom.js';
import { createDisplay } from './display.js';
import { createLoading } from './loading.js';
import { createPictureTaking } from './picture-taking.js';
import { createPresentation } from './presentation.js';

const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

/** The topic of notes about the drawing. */
const DRAWING = 'drawing';

/** @typedef {ReturnType<typeof createInstrument>} Instrument */

/**
 * @param {HTMLElement} root holds the markup of `instrumentMarkup`. Its `aria-busy` is true while something in it does not
 *   show the current recording at the current time, or is still being loaded or drawn
 * @param {Options} options
 */
export function createInstrument(root, { onChange = () => {}, onMissing = async () => false, ...options }) {
  const { onRecording, onFailed, plays = () => true } = options;
  /** Is a stroke being drawn? */
  let inking = false;
  /** What the visitor had done to the drawing when the note was last taken away: see `Drawing.actions`. */
  let noted = 0;
  /** The network that was loaded last. @type {NamedNetwork | null | undefined} */
  let shown;

  const clock = createClock();
  const drawing = createDrawing((change) => {
    // What was said of the drawing is about what was there before.
    if (noted !== drawing.actions) options.note.hide(DRAWING);
    noted = drawing.actions;
    // The network was shown the last point at 'ink', before 'lifted'.
    if (change !== 'lifted') presentation.invalidate();
    const first = !inking;
    inking = change === 'ink';
    clock.setEndless(inking);
    if (inking) {
      display.awaitAnswer(first);
      if (!clock.playing) clock.play();
      display.redraw();
    } else {
      begin();
    }
    pictures.follow();
    onChange(change);
  }, sayFull);
  const state = createState((now, changed) => {
    clock.setSpeed(now.speed);
    clock.setLoop(now.loop);
    display.choose(now.view);
    if (presentation.dependsOn(changed)) presentAgain();
    else if (changed.has('neuron')) display.showNeuron();
    if (changed.has('network') || changed.has('damage')) loading.load();
    if (changed.has('damage')) tellDamage();
    display.redraw();
    onChange('settled');
  });
  const presentation = createPresentation(drawing, state, options.note);
  const penDemo = createPenDemo(drawing);
  const pictures = createPictureTaking(root, partsOf(root, options.ids)('pad-voice', HTMLElement), drawing, {
    urls: options.assets.pictures,
    note: options.note,
    onChange: () => display.redraw(),
  });
  const loading = createLoading(root, options.assets, state, {
    weightsOf: options.weightsOf,
    onNetwork(network) {
      if (drawing.blank) display.showAtRest(network);
    },
    onLoaded(recorder) {
      presentation.recorder = recorder;
      const same = shown === state.now.network;
      shown = state.now.network;
      // The same network with other damage is shown where the one before was.
      if (same) presentAgain();
      else begin();
    },
    onChange: () => display.redraw(),
    onMissing,
    onFailed,
  });
  const display = createDisplay(
    root,
    { drawing, state, clock, presentation },
    { ...options, onMissing },
    {
      beforeFrame() {
        if (presentation.stale) present();
      },
      onReseed: begin,
      isWaiting: () => loading.pending || pictures.reading,
      isInking: () => inking,
      simulator: loading.simulator,
      whole: loading.whole,
    },
  );

  function sayFull() {
    options.note.show(FULL, DRAWING);
  }

  async function tellDamage() {
    const { showDamage } = await import('../breaking/damage-note.js');
    showDamage(root, state);
  }

  /** Is the end of a new recording shown at once? */
  const isStill = () => reducedMotion.matches || !plays();

  /** Plays the recording of the drawing from its start, or shows its end. */
  function begin() {
    if (presentation.stale) present();
    display.awaitAnswer(true);
    clock.restart();
    if (isStill()) clock.seek(clock.duration);
    display.redraw();
  }

  /** Makes the recording again for other settings. If the old one was shown at its end, so is the new one. */
  function presentAgain() {
    if (!presentation.recording) {
      presentation.invalidate();
      return begin();
    }
    const ended = clock.duration > 0 && clock.time >= clock.duration;
    present();
    if (ended) clock.seek(clock.duration);
  }

  function present() {
    presentation.make();
    clock.setDuration(presentation.recording?.steps ?? 0);
    if (presentation.recording && isStill()) clock.seek(clock.duration);
    display.showRecording();
    onRecording?.(presentation.recording);
  }

  display.choose(state.now.view);

  return {
    root,
    clock,
    drawing,
    presentation,
    state,
    views: display.views,
    picture: display.picture,
    suspend: display.suspend,
    /** Draws everything again. @param {boolean} [resized] may sizes or colours have changed? */
    redraw(resized) {
      if (resized) pictures.redraw();
      display.redraw(resized);
    },
    perform: display.perform,
    load: () => loading.load(),
    /** Another network than that of the assets may come. */
    prepare: loading.prepare,
    /** Resolves when the network is loaded. */
    ready: loading.ready,

    /**
     * Draws strokes onto the pad as a pen would, and replaces what is there.
     * @param {readonly Stroke[]} strokes
     * @param {boolean} [temporary] do they disappear at the next change?
     */
    drawSample(strokes, temporary = false) {
      penDemo.draw(strokes, { atOnce: reducedMotion.matches, temporary });
      display.redraw();
    },

    /**
     * Takes an image once the network is loaded, unless the visitor does something else to the drawing before it is read.
     * @param {Blob | ImageBitmap} file an image, which replaces what is on the pad
     */
    async takeImage(file) {
      const asked = drawing.announce();
      options.note.hide(DRAWING);
      await loading.ready;
      if (!presentation.recorder || drawing.actions !== asked) return;
      await pictures.take(file, asked, DRAWING);
    },

    /** Is the network that is shown the one of the assets? */
    get ownNetwork() {
      return presentation.recorder?.own !== false;
    },

    /** What the network answers to the ink of a digit, 28 x 28 pixels, with the settings in force. */
    answer: presentation.answer,

    /** @param {boolean} hidden does nothing that is shown tell the answer? */
    hideAnswer: display.hideAnswer,

    /** Stops everything that the instrument has started; the markup stays. */
    destroy() {
      for (const each of [penDemo, pictures, display, presentation, loading]) each.destroy();
    },
  };
}
