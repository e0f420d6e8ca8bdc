// Wires the page: a drawing becomes a recording, the clock runs through it, and every view shows it at that time.

/** @import { Core } from './core.js' */
/** @import { View } from './types.js' */

import { createClock } from './clock.js';
import { loadCore } from './core.js';
import { createDrawing } from './drawing.js';
import { inkOf } from './ink.js';
import { createHelp, createKeys } from './keys.js';
import { createPad } from './pad.js';
import { createHand, createSamples, loadSamples } from './samples.js';
import { createState } from './state.js';
import { createTheme } from './theme.js';
import { createTransport } from './transport.js';
import { createMembranes } from './views/membranes.js';
import { createRaster } from './views/raster.js';
import { createStage } from './views/stage.js';
import { createVerdict } from './views/verdict.js';
import { createVotes } from './views/votes.js';

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}.`);
  return found;
}

const stillness = matchMedia('(prefers-reduced-motion: reduce)');
const status = element('status', HTMLElement);
const seed = element('seed', HTMLElement);
const reseedButton = element('reseed', HTMLButtonElement);
const undoButton = element('undo', HTMLButtonElement);
const clearButton = element('clear', HTMLButtonElement);

/** @type {Core | null} */
let core = null;
/** Has the drawing or a setting changed since the recording was made? */
let stale = true;
let queued = false;
let lastFrame = 0;

const clock = createClock();
const state = createState((_, changed) => {
  if (!changed.has('seed')) return;
  stale = true;
  begin();
});
const drawing = createDrawing((change) => {
  stale = true;
  clock.setEndless(change === 'ink');
  if (change === 'ink' && !clock.playing) clock.play();
  if (change === 'settled') begin();
  schedule();
});
const hand = createHand(drawing);
const pad = createPad(element('pad', HTMLCanvasElement), drawing, state.now.penWidth);
const raster = element('raster', HTMLElement);
const transport = createTransport(
  element('transport', HTMLElement),
  element('scrubber', HTMLInputElement),
  /** @type {HTMLElement} */ (raster.querySelector('canvas')),
  clock,
  schedule,
);
/** @type {View[]} */
const views = [
  createStage(element('stage', HTMLCanvasElement)),
  createVotes(element('votes', HTMLElement)),
  createVerdict(element('verdict', HTMLElement)),
  createRaster(raster),
  createMembranes(element('membranes', HTMLCanvasElement)),
];

/** Plays the recording of what is drawn from its start; without motion, shows its end. */
function begin() {
  if (stale) present();
  clock.restart();
  if (stillness.matches) clock.seek(clock.duration);
  schedule();
}

/** Makes the recording of what is drawn now. */
function present() {
  stale = false;
  const settings = core && { ...core.defaults, seed: state.now.seed };
  const recording = core && settings ? core.present(inkOf(drawing.strokes), state.now.penWidth, settings) : null;
  clock.setDuration(recording?.steps ?? 0);
  if (recording && drawing.strokes.length > 0 && stillness.matches) clock.seek(clock.duration);
  for (const view of views) view.show(recording, core?.network ?? null);
}

function schedule() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(frame);
}

/** @param {number} now ms */
function frame(now) {
  queued = false;
  if (stale) present();
  clock.advance(lastFrame > 0 ? now - lastFrame : 0);
  pad.draw();
  for (const view of views) view.draw(clock.time);
  transport.draw();
  undoButton.disabled = !drawing.undoable;
  clearButton.disabled = drawing.strokes.length === 0;
  document.body.classList.toggle('blank', drawing.strokes.length === 0);
  seed.textContent = String(state.now.seed);
  lastFrame = clock.playing ? now : 0;
  if (clock.playing) schedule();
}

function resize() {
  pad.resize();
  for (const view of views) view.resize();
  schedule();
}

async function load() {
  status.hidden = true;
  document.body.classList.add('loading');
  try {
    core = await loadCore();
    reseedButton.disabled = false;
    stale = true;
    begin();
  } catch (error) {
    element('status-text', HTMLElement).textContent = error instanceof Error ? error.message : String(error);
    status.hidden = false;
  }
  document.body.classList.remove('loading');
}

function reseed() {
  // Four digits are enough to tell runs apart, and can be read out.
  if (core) state.set({ seed: core.freshSeed() % 10_000 });
}

function undo() {
  hand.stop();
  drawing.undo();
}

function clear() {
  hand.stop();
  drawing.clear();
}

undoButton.addEventListener('click', undo);
clearButton.addEventListener('click', clear);
reseedButton.addEventListener('click', reseed);
element('retry', HTMLButtonElement).addEventListener('click', load);
element('pad', HTMLCanvasElement).addEventListener('pointerdown', () => hand.stop(), { capture: true });
createTheme(
  element('theme', HTMLButtonElement),
  () => state.now.theme,
  (theme) => state.set({ theme }),
  resize,
);
new ResizeObserver(resize).observe(element('page', HTMLElement));

const shortcuts = element('shortcuts', HTMLInputElement);
shortcuts.checked = state.now.shortcuts;
const help = createHelp(element('help', HTMLButtonElement), element('help-card', HTMLDialogElement), shortcuts, (on) =>
  state.set({ shortcuts: on }),
);

/** @type {(digit: number) => void} */
let chooseSample = () => {};
createKeys({
  transport: transport.act,
  sample: (digit) => chooseSample(digit),
  undo,
  clear,
  reseed,
  help,
  enabled: () => state.now.shortcuts,
});

load();
loadSamples(new URL('./assets/samples.json', import.meta.url))
  .then((samples) => {
    chooseSample = createSamples(element('samples', HTMLElement), samples, ({ strokes }) =>
      hand.draw(strokes, stillness.matches),
    );
  })
  .catch((error) => console.error(error));
