// Wires the page: a drawing becomes a recording, the clock runs through it, and every view shows it at that time.

/** @import { Core } from './simulator/simulator.js' */
/** @import { ViewName } from './state/parameters.js' */
/** @import { Sound } from './playback/sound.js' */
/** @import { Neuron, Settings } from './simulator/types.js' */
/** @import { Page, View } from './views/types.js' */

import { createDrawing } from './pad/drawing.js';
import { createImport } from './pad/image-import.js';
import { createPad } from './pad/pad.js';
import { createHand, createSamples, loadSamples } from './pad/samples.js';
import { createDigits } from './pad/test-digits.js';
import { welcome } from './pad/welcome.js';
import { createClock } from './playback/clock.js';
import { createPace } from './playback/deferral.js';
import { createFrames } from './playback/frame-scheduler.js';
import { createTransport } from './playback/transport.js';
import { inkOf } from './simulator/ink.js';
import { loadCore } from './simulator/simulator.js';
import { createAddress } from './state/address-bar.js';
import { FRAMINGS, SETTINGS } from './state/parameters.js';
import { createState } from './state/state.js';
import { withPrintScale } from './ui/canvas-surface.js';
import { element, mark, say } from './ui/dom.js';
import { createHelp, createKeys } from './ui/keys.js';
import { createNote } from './ui/notice.js';
import { keepOffline } from './ui/offline.js';
import { createTheme } from './ui/theme.js';
import { breath } from './ui/yield-to-main.js';
import { createStage } from './views/stage.js';
import { createTabs } from './views/tabs.js';
import { createVerdict } from './views/verdict.js';
import { VIEWS } from './views/view-table.js';
import { createVotes } from './views/votes.js';

const stillness = matchMedia('(prefers-reduced-motion: reduce)');
const status = element('status', HTMLElement);
const seed = element('seed', HTMLElement);
const verdict = element('verdict', HTMLElement);
const took = element('took', HTMLElement);
const penInput = element('pen', HTMLInputElement);
const framingSelect = element('framing', HTMLSelectElement);
const [eraserButton, undoButton, redoButton, clearButton, reseedButton, soundButton] = [
  'eraser',
  'undo',
  'redo',
  'clear',
  'reseed',
  'sound',
].map((id) => element(id, HTMLButtonElement));

/** What of the state a recording depends on. */
const CAUSES = new Set(['penWidth', 'framing', ...SETTINGS.map(({ name }) => name)]);

/** @type {Core | null} */
let core = null;
/** Has the drawing or a setting changed since the recording was made? */
let stale = true;
/** @type {Parameters<View['show']>} */
let shown = [null, null, null];
let lastFrame = 0;
let erasing = false;
/** @type {Sound | null} loaded when it is first wanted */
let sound = null;
/** Is a stroke being drawn? */
let inking = false;
/** Do the views beside the answer still show the recording before? */
let owing = false;
/** Did the simulator refuse what was asked of it last? */
let refused = false;
/** How long the last recording took to make, ms. */
let spent = 0;

const frames = createFrames(frame);
const note = createNote(element('note', HTMLElement));
const clock = createClock();
const pace = createPace();
const drawing = createDrawing((change) => {
  // What the network makes of the last point was seen in its frame.
  stale ||= change !== 'lifted';
  const first = !inking;
  inking = change === 'ink';
  clock.setEndless(inking);
  if (inking) {
    pace.hurry(first);
    if (!clock.playing) clock.play();
    address.wait();
  } else {
    begin();
    if (!hand.guest) address.save();
  }
  frames.ask();
});
const state = createState((now, changed) => {
  clock.setSpeed(now.speed);
  clock.setLoop(now.loop);
  tabs.choose(now.view);
  if ([...changed].some((name) => CAUSES.has(name))) rerun();
  else if (changed.has('neuron')) refocus();
  address.save();
  frames.ask();
});
const hand = createHand(drawing);
const pad = createPad(
  element('pad', HTMLCanvasElement),
  element('pad-voice', HTMLElement),
  drawing,
  () => ({ penWidth: state.now.penWidth, erasing }),
  () => frames.ask(),
);
/** @type {Neuron | null} */
let pointed = null;
/** @type {Page} */
const page = {
  assets: { accuracy: new URL('./assets/accuracy.json', import.meta.url) },
  expectedSizes: [784, 128, 10],
  elementId: (name) => name,
  pick: (neuron) => state.set({ neuron }),
  inspect: (neuron) => state.set({ neuron, view: 'why' }),
  point(neuron) {
    if (neuron?.layer === pointed?.layer && neuron?.index === pointed?.index) return;
    pointed = neuron;
    for (const view of [stage, tabs]) view.point?.(neuron);
    frames.ask();
  },
  open: (view) => state.set({ view: /** @type {ViewName} */ (view) }),
  requestFrame: () => frames.ask(),
  answer(ink, settings) {
    if (!core) throw new Error('The network is not loaded yet.');
    return core.answer(ink, settings);
  },
  async picture(name, take) {
    pay();
    await tabs.prepare(name);
    withPrintScale(() => {
      for (const view of [pad, stage]) view.resize();
      pad.draw();
      stage.draw(clock.time);
      tabs.reveal(name, clock.time, () => take(document));
    });
    frames.ask(true);
  },
};
/** What shows the answer: it is there in the frame of the point that it answers. @type {View[]} */
const answers = [createVotes(element('votes', HTMLElement), page), createVerdict(verdict, page)];
const stage = createStage(element('network', HTMLElement), page);
const tabs = createTabs(
  element('views', HTMLElement),
  [
    ...VIEWS,
    {
      name: 'parameters',
      title: 'Parameters',
      question: 'What happens with other settings?',
      async load() {
        const { createParameters } = await import('./views/parameters.js');
        const { set } = state;
        return () =>
          createParameters(element('parameters', HTMLFormElement), {
            defaults: () => core?.defaults ?? null,
            state: () => state.now,
            set,
          });
      },
    },
    {
      name: 'away',
      id: 'take-away',
      title: 'Export',
      question: 'How can I take this with me?',
      load: async () => (await import('./export/export-panel.js')).createExportPanel(VIEWS),
    },
  ],
  page,
);
const transport = createTransport(
  element('transport', HTMLElement),
  element('scrubber', HTMLInputElement),
  /** @type {HTMLElement} */ (element('raster', HTMLElement).querySelector('canvas')),
  clock,
  state,
  () => frames.ask(),
);
const address = createAddress(state, drawing, hand, note);

/** The settings that are in force. @param {Core} simulator @returns {Settings} */
function settingsOf({ defaults }) {
  const chosen = SETTINGS.map(({ name }) => [name, state.now[name]]).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(chosen) };
}

/** Plays the recording of what is drawn from its start; without motion, shows its end. */
function begin() {
  if (stale) present();
  pace.hurry(true);
  clock.restart();
  if (stillness.matches) clock.seek(clock.duration);
  frames.ask();
}

/** Makes the recording anew for other settings; where the old one was seen to its end, so is the new. */
function rerun() {
  stale = true;
  const ended = clock.duration > 0 && clock.time >= clock.duration;
  present();
  if (ended) clock.seek(clock.duration);
}

/** Makes the recording of what is drawn now. */
function present() {
  stale = false;
  const recording = core && presentTo(core);
  clock.setDuration(recording?.steps ?? 0);
  if (recording && !drawing.blank && stillness.matches) clock.seek(clock.duration);
  shown = [recording, core?.network ?? null, state.now.neuron];
  for (const view of answers) view.show(...shown);
  owing = true;
}

/** Shows another neuron of the same recording. */
function refocus() {
  const [recording, network] = shown;
  shown = [recording, network, state.now.neuron];
  owing = true;
}

/** Shows what the views beside the answer were not shown yet. */
function pay() {
  if (!owing) return;
  owing = false;
  for (const view of [stage, tabs]) view.show(...shown);
}

/** @param {Core} simulator */
function presentTo(simulator) {
  const { penWidth, framing } = state.now;
  const pieces = drawing.strokes.flatMap((stroke) => inkOf(stroke).pieces);
  const sheet = { pieces, picture: drawing.picture, penWidth, framing };
  try {
    const began = performance.now();
    const recording = simulator.present(sheet, settingsOf(simulator));
    spent = performance.now() - began;
    if (refused) note.hide();
    refused = false;
    return recording;
  } catch (error) {
    refused = true;
    note.show(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/**
 * @param {number} now ms
 * @param {boolean} afresh
 */
function frame(now, afresh) {
  if (afresh) for (const view of [pad, stage, tabs]) view.resize();
  if (stale) present();
  clock.advance(lastFrame > 0 ? now - lastFrame : 0);
  pad.draw();
  for (const view of answers) view.draw(clock.time);
  document.body.classList.toggle('blank', drawing.blank);
  document.body.classList.toggle('guest', hand.guest);
  // Nobody waits to hear what was read of something they did not draw.
  mark(verdict, 'aria-live', hand.guest ? 'off' : 'polite');
  // A canvas that was resized is empty, and does not wait.
  const whole = pace.draw(afresh, () => {
    pay();
    for (const view of [stage, tabs, transport]) view.draw(clock.time);
    drawControls();
  });
  lastFrame = clock.playing ? now : 0;
  if (clock.playing || !whole) frames.ask();
}

function drawControls() {
  mark(soundButton, 'aria-pressed', sound?.on ?? false);
  mark(eraserButton, 'aria-pressed', erasing);
  undoButton.disabled = !drawing.undoable;
  redoButton.disabled = !drawing.redoable;
  clearButton.disabled = drawing.blank;
  if (penInput.valueAsNumber !== state.now.penWidth) penInput.valueAsNumber = state.now.penWidth;
  if (framingSelect.value !== state.now.framing) framingSelect.value = state.now.framing;
  // A picture was fitted when it came, or is MNIST's own.
  framingSelect.disabled = drawing.picture !== null;
  // Not at every point of a stroke: nobody could read it.
  if (!inking) say(took, shown[0] ? `simulated in ${spent.toFixed(1)} ms` : '');
  say(seed, String(state.now.seed ?? core?.defaults.seed ?? ''));
}

async function load() {
  status.hidden = true;
  document.body.classList.add('loading');
  try {
    core = await loadCore();
    await breath();
    // At rest it takes the stage before it is given anything to read, and that for itself: the code is still slow.
    if (drawing.blank) stage.show(null, core.network, state.now.neuron);
    await breath();
    reseedButton.disabled = false;
    stale = true;
    begin();
    keepOffline();
  } catch (error) {
    element('status-text', HTMLElement).textContent = error instanceof Error ? error.message : String(error);
    status.hidden = false;
  }
  document.body.classList.remove('loading');
}

function reseed() {
  // Four digits are enough to tell runs apart, and can be read out.
  if (!core) return;
  state.set({ seed: core.freshSeed() % 10_000 });
  begin();
}

async function toggleSound() {
  try {
    if (sound) sound.on = !sound.on;
    else {
      sound = (await import('./playback/sound.js')).createSound();
      sound.show(...shown);
      answers.push(sound);
    }
  } catch {
    note.show('This browser lets the page make no sound.');
  }
  frames.ask();
}

function erase() {
  erasing = !erasing;
  frames.ask();
}

/** Does something to the drawing that no hand goes on drawing into. @param {() => void} change */
function alone(change) {
  return () => {
    hand.stop();
    change();
  };
}

const undo = alone(() => drawing.undo());
const redo = alone(() => drawing.redo());
const clear = alone(() => drawing.clear());

eraserButton.addEventListener('click', erase);
undoButton.addEventListener('click', undo);
redoButton.addEventListener('click', redo);
clearButton.addEventListener('click', clear);
reseedButton.addEventListener('click', reseed);
soundButton.addEventListener('click', toggleSound);
penInput.addEventListener('input', () => state.set({ penWidth: penInput.valueAsNumber }));
for (const { value, text } of FRAMINGS) framingSelect.add(new Option(text, value));
framingSelect.addEventListener('change', () => {
  const chosen = FRAMINGS.find(({ value }) => value === framingSelect.value);
  if (chosen) state.set({ framing: chosen.value });
});
element('retry', HTMLButtonElement).addEventListener('click', load);
const desk = /** @type {HTMLElement} */ (element('pad', HTMLCanvasElement).parentElement);
desk.addEventListener('pointerdown', () => hand.stop(), { capture: true });
desk.addEventListener('keydown', ({ key }) => [' ', 'Enter'].includes(key) && hand.stop(), { capture: true });
element('copy-link', HTMLButtonElement).addEventListener('click', () => address.copy());
createTheme(
  element('theme', HTMLButtonElement),
  () => state.now.theme,
  (theme) => state.set({ theme }),
  () => frames.ask(true),
);
frames.fit(document.querySelectorAll('#pad, #stage, [role=tabpanel]'));
// A plot may be as high as the window lets it, in a panel that stays as high as it was.
addEventListener('resize', () => frames.ask(true));

const shortcuts = element('shortcuts', HTMLInputElement);
shortcuts.checked = state.now.shortcuts;
const help = createHelp(element('help', HTMLButtonElement), element('help-card', HTMLDialogElement), shortcuts, (on) =>
  state.set({ shortcuts: on }),
);

/** @type {(digit: number) => void} */
let chooseSample = () => {};
/**
 * Does something unless the part of the page that is for it was taken off.
 * @template {unknown[]} T
 * @param {string} part
 * @param {(...values: T) => void} act
 * @returns {(...values: T) => void}
 */
function unless(part, act) {
  return (...values) => {
    if (!address.hides(part)) act(...values);
  };
}

/** The controls of the transport that can be taken off by themselves. @type {Record<string, string>} */
const APART = { loop: 'loop', slower: 'speed', faster: 'speed' };

createKeys({
  transport: unless('transport', (action) => unless(APART[action] ?? 'transport', transport.act)(action)),
  sample: unless('samples', (/** @type {number} */ digit) => chooseSample(digit)),
  undo: unless('undo', undo),
  redo: unless('undo', redo),
  clear: unless('clear', clear),
  erase: unless('eraser', erase),
  reseed: unless('seed', reseed),
  sound: unless('sound', toggleSound),
  help: unless('help', help),
  enabled: () => state.now.shortcuts,
});

const takePicture = (/** @type {Uint8Array} */ picture) => {
  hand.stop();
  drawing.replace({ strokes: [], picture });
};
createImport(
  element('file', HTMLInputElement),
  () => core,
  takePicture,
  note,
  () => !address.hides('samples'),
);
createDigits(element('more', HTMLButtonElement), element('digits-card', HTMLDialogElement), takePicture);

tabs.choose(state.now.view);
address.read();
const loaded = load();
loadSamples(new URL('./assets/samples.json', import.meta.url))
  .then(async (samples) => {
    chooseSample = createSamples(element('samples', HTMLElement), samples, ({ strokes }) =>
      hand.draw(strokes, stillness.matches),
    );
    await loaded;
    // Who follows a link came for what it holds.
    if (!core || location.hash !== '' || state.now.welcomed || stillness.matches) return;
    welcome(() => {
      if (!drawing.blank) return;
      state.set({ welcomed: true });
      hand.draw(samples[Math.floor(Math.random() * samples.length)].strokes, false, true);
    });
  })
  .catch((error) => console.error(error));
