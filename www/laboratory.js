// Wires the laboratory: the bench measures what its instruments ask for, and every instrument shows what is known.

/** @import { Dialect } from './laboratory/types.js' */

import { readAddress, writeAddress } from './laboratory/address.js';
import { createBench } from './laboratory/measurements.js';
import { createPair, PEN } from './laboratory/pair.js';
import { loadSimulator } from './laboratory/simulator.js';
import { CHAIN } from './laboratory/suspects.js';
import { createSweep } from './laboratory/sweep.js';
import { createTable } from './laboratory/table.js';
import { createWalk } from './laboratory/walk.js';
import { createDrawing } from './pad/drawing.js';
import { createPad } from './pad/pad.js';
import { createHand, createSamples, loadSamples } from './pad/samples.js';
import { createFrames } from './playback/frame-scheduler.js';
import { loadTestImages } from './simulator/test-images.js';
import { createState } from './state/state.js';
import { element, make, say } from './ui/dom.js';
import { count } from './ui/number-format.js';
import { createTeller } from './ui/progress.js';
import { createTheme } from './ui/theme.js';
import { breath } from './ui/yield-to-main.js';

const words = element('bench-words', HTMLElement);
const trouble = element('trouble', HTMLElement);
const stopButton = element('stop', HTMLButtonElement);
const retryButton = element('retry', HTMLButtonElement);
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

/** Draws what has changed; set once there is a simulator. */
let draw = (/** @type {boolean} */ _afresh) => {};
const frames = createFrames((_, afresh) => draw(afresh));

/** @param {string} sentence @param {boolean} [again] can it be tried again? */
function complain(sentence, again = false) {
  say(element('trouble-text', HTMLElement), sentence);
  retryButton.hidden = !again;
  trouble.hidden = false;
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/** How many test images are measured. */
function images() {
  return Number(/** @type {HTMLInputElement} */ (document.querySelector('[name="images"]:checked')).value);
}

/**
 * Says how far the measuring is.
 * @param {import('./laboratory/measurements.js').Bench} bench
 * @param {number} cores
 */
function tellOf(bench, cores) {
  const ends = { ready: `${cores} ${cores === 1 ? 'core' : 'cores'} ready`, measured: 'Measured', stopped: 'Stopped' };
  const teller = createTeller({
    bar: element('progress', HTMLProgressElement),
    words,
    spoken: element('spoken', HTMLElement),
    stop: stopButton,
  });
  return () => {
    const { progress, outcome } = bench;
    if (progress) {
      const { done, all } = progress;
      const sentence = all > 0 ? `${count(done)} of ${count(all)} presentations` : 'Fetching the test images';
      teller.work(all > 0 ? done / all : 0, sentence);
    } else {
      teller.rest(ends[outcome], outcome === 'measured');
    }
  };
}

/**
 * Fills a list of dialects, by framework.
 * @param {HTMLSelectElement} select
 * @param {readonly Dialect[]} dialects
 * @param {string | undefined} chosen
 */
function fillDialects(select, dialects, chosen) {
  for (const framework of new Set(dialects.map((dialect) => dialect.framework))) {
    const group = make('optgroup', { label: framework });
    for (const { name, setting } of dialects.filter((dialect) => dialect.framework === framework)) {
      group.append(make('option', { value: name }, `${framework} ${setting}`));
    }
    select.append(group);
  }
  if (chosen && dialects.some(({ name }) => name === chosen)) select.value = chosen;
  select.disabled = false;
}

async function start() {
  const simulator = await loadSimulator();
  await breath();
  const dialects = simulator.api.dialects();
  const spiking = dialects.filter(({ readouts }) => readouts.length > 0);
  const cores = navigator.hardwareConcurrency || 2;
  const address = readAddress();
  const bench = createBench({
    parts: simulator.parts,
    loadImages: loadTestImages,
    cores,
    onChange: () => frames.ask(),
    onTrouble: complain,
  });
  const tell = tellOf(bench, cores);

  /** @param {string} id @param {() => Promise<unknown>} run */
  const onRun = (id, run) => {
    const button = element(id, HTMLButtonElement);
    button.disabled = false;
    button.addEventListener('click', () => measure(run));
  };
  /** @param {() => Promise<unknown>} run */
  const measure = async (run) => {
    trouble.hidden = true;
    try {
      await run();
    } catch (error) {
      complain(messageOf(error));
    }
    frames.ask();
  };

  await breath();
  const table = createTable(element('results', HTMLTableElement), dialects, bench);
  onRun('run-table', () => bench.measure(table.plans, images()));
  const variants = element('variants', HTMLInputElement);
  variants.addEventListener('change', () => table.showVariants(variants.checked));

  const sweepChoice = element('sweep-dialect', HTMLSelectElement);
  fillDialects(sweepChoice, spiking, address.sweep ?? 'snntorch');
  const sweep = createSweep(
    {
      chart: element('sweep-chart', HTMLElement),
      figures: element('sweep-figures', HTMLTableElement),
      finding: element('sweep-finding', HTMLElement),
    },
    dialects,
    bench,
  );
  sweep.choose(sweepChoice.value);
  sweepChoice.addEventListener('change', () => {
    sweep.choose(sweepChoice.value);
    writeAddress({ sweep: sweepChoice.value });
    frames.ask();
  });
  onRun('run-sweep', () => sweep.run(images()));

  await breath();
  const walk = createWalk(
    {
      walk: element('puzzle', HTMLElement),
      suspects: element('suspects', HTMLTableElement),
      mix: element('mix', HTMLOutputElement),
      mixWords: element('mix-words', HTMLElement),
    },
    bench,
    simulator,
    dialects,
    (changes) => writeAddress({ changes: changes.join(',') }),
  );
  if (address.changes) walk.choose(address.changes.split(','));
  onRun('run-walk', () => walk.run(images()));
  const mix = () => measure(() => walk.runMix(images()));
  element('suspects', HTMLTableElement).addEventListener('change', mix);
  for (const [id, changes] of /** @type {const} */ ([
    ['as-pasted', []],
    ['as-mended', CHAIN.map((change) => change.id)],
  ])) {
    element(id, HTMLButtonElement).addEventListener('click', () => {
      walk.choose(changes);
      mix();
    });
  }

  const pair = createPair(
    {
      rasters: element('pair-rasters', HTMLElement),
      words: element('difference', HTMLElement),
      figures: element('pair-figures', HTMLTableElement),
    },
    spiking,
    simulator,
    () => frames.ask(),
  );
  startPair(pair, spiking, address.pair);

  for (const choice of document.querySelectorAll('[name="images"]')) {
    choice.addEventListener('change', () => writeAddress({ images: String(images()) }));
  }
  stopButton.addEventListener('click', () => bench.stop());
  draw = (afresh) => {
    // First what has to know its size, while the layout still stands.
    pair.draw(afresh);
    sweep.draw(afresh);
    tell();
    table.draw();
    walk.draw();
  };
  // All that is drawn to fit fits the width of the page, and the masthead has that.
  frames.fit([element('masthead', HTMLElement)]);
}

/**
 * The pad of the side by side, and its choices.
 * @param {ReturnType<typeof createPair>} pair
 * @param {readonly Dialect[]} dialects
 * @param {string | undefined} chosen two names, joined by a comma
 */
function startPair(pair, dialects, chosen) {
  const [a, b] = [element('pair-a', HTMLSelectElement), element('pair-b', HTMLSelectElement)];
  const [first, second] = chosen?.split(',') ?? pair.names;
  fillDialects(a, dialects, first);
  fillDialects(b, dialects, second);
  pair.choose([a.value, b.value]);
  for (const select of [a, b]) {
    select.addEventListener('change', () => {
      pair.choose([a.value, b.value]);
      writeAddress({ pair: pair.names.join(',') });
    });
  }
  element('pair-window', HTMLFieldSetElement).addEventListener('change', (event) => {
    pair.zoom(/** @type {HTMLInputElement} */ (event.target).value === 'near');
  });

  const undoButton = element('undo', HTMLButtonElement);
  const clearButton = element('clear', HTMLButtonElement);
  const canvas = element('pad', HTMLCanvasElement);
  const drawing = createDrawing((change) => {
    pad.draw();
    undoButton.disabled = !drawing.undoable;
    clearButton.disabled = drawing.strokes.length === 0;
    element('pair', HTMLElement).classList.toggle('drawn', drawing.strokes.length > 0);
    if (change !== 'ink') pair.show(drawing.strokes);
  });
  const hand = createHand(drawing);
  const pad = createPad(
    canvas,
    element('pad-voice', HTMLElement),
    drawing,
    () => ({ penWidth: PEN, erasing: false }),
    () => pad.draw(),
  );
  canvas.addEventListener('pointerdown', () => hand.stop(), { capture: true });
  undoButton.addEventListener('click', () => drawing.undo());
  clearButton.addEventListener('click', () => drawing.clear());
  new ResizeObserver(() => {
    pad.resize();
    pad.draw();
  }).observe(canvas);
  onceNear(canvas, () =>
    loadSamples(new URL('./assets/samples.json', import.meta.url))
      .then((samples) => {
        const choose = createSamples(element('samples', HTMLElement), samples, ({ strokes }) =>
          hand.draw(strokes, stillness.matches),
        );
        // Not over what somebody drew while they were on their way.
        if (drawing.blank && !drawing.undoable) choose(3);
      })
      .catch((error) => console.error(error)),
  );
}

/**
 * Does something when an element is about to be seen.
 * @param {Element} target
 * @param {() => void} act
 */
function onceNear(target, act) {
  const watch = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      act();
    },
    { rootMargin: '100px' },
  );
  watch.observe(target);
}

async function load() {
  trouble.hidden = true;
  try {
    await start();
  } catch (error) {
    complain(messageOf(error), true);
    say(words, 'Not loaded');
  }
  document.body.classList.remove('loading');
}

const chosenImages = document.querySelector(`[name="images"][value="${Number(readAddress().images)}"]`);
if (chosenImages instanceof HTMLInputElement) chosenImages.checked = true;
const state = createState(() => {});
createTheme(
  element('theme', HTMLButtonElement),
  () => state.now.theme,
  (theme) => state.set({ theme }),
  () => frames.ask(true),
);
// What can be scrolled can be scrolled with the keyboard, too.
const scrolled = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const box = /** @type {HTMLElement} */ (target.parentElement);
    if (target.clientWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
});
for (const content of document.querySelectorAll('.scroll > table')) scrolled.observe(content);
retryButton.addEventListener('click', load);
load();
