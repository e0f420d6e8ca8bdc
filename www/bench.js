// Wires the bench: two things are measured, one at a time, and their figures shown.

/** @import { Presentation } from './bench/presentation.js' */
/** @import { Reading } from './bench/set.js' */

import { createMeasuring } from './bench/measuring.js';
import { draw, timePresentations } from './bench/presentation.js';
import { readSet } from './bench/set.js';
import { loadSimulator } from './bench/simulator.js';
import { loadSamples } from './pad/samples.js';
import { loadTestImages } from './simulator/test-images.js';
import { createState } from './state/state.js';
import { element, say } from './ui/dom.js';
import { count } from './ui/number-format.js';
import { createTeller } from './ui/progress.js';
import { createTheme } from './ui/theme.js';

/** Time steps of a presentation. */
const STEPS = 350;

/** MNIST's. */
const TEST_IMAGES = 10_000;

const spoken = element('spoken', HTMLElement);
const words = element('bench-words', HTMLElement);
const trouble = element('trouble', HTMLElement);
const stopButton = element('stop', HTMLButtonElement);
const retryButton = element('retry', HTMLButtonElement);
const timeButton = element('time', HTMLButtonElement);
const readButton = element('read', HTMLButtonElement);

const teller = createTeller({ bar: element('progress', HTMLProgressElement), words, spoken, stop: stopButton });

/** How many of the test images are read: all of them, or as many as the address asks for, `#images=200`. */
function wanted() {
  const asked = Number(new URLSearchParams(location.hash.slice(1)).get('images'));
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, TEST_IMAGES) : TEST_IMAGES;
}

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

const UNMEASURED = '–';

/** @param {string} name @param {string} figure */
function show(name, figure) {
  for (const place of document.querySelectorAll(`[data-figure="${name}"]`)) {
    say(place, figure);
    place.classList.toggle('unmeasured', figure === UNMEASURED);
  }
}

/**
 * Keeps numbers as they are beside the figures that are rounded for people.
 * @param {string} id of a section
 * @param {object | null} numbers
 */
function keep(id, numbers) {
  const { dataset } = element(id, HTMLElement);
  for (const name of Object.keys(dataset)) delete dataset[name];
  for (const [name, value] of Object.entries(numbers ?? {})) dataset[name] = String(value);
}

/** Synaptic operations in thousands of millions. @param {number} operations */
const billions = (operations) => (operations / 1e9).toFixed(1);

/** @param {number} share */
const percentage = (share) => `${(100 * share).toFixed(2)} %`;

/** @param {Presentation | null} result */
function showPresentation(result) {
  keep('presentation', result);
  show('least', result ? result.least.toFixed(1) : UNMEASURED);
  show('median', result ? result.median.toFixed(1) : UNMEASURED);
  show('presentations', result ? count(Math.round(1e6 / result.median)) : UNMEASURED);
  show('synops', result ? billions((result.synops / result.median) * 1e6) : UNMEASURED);
}

/** @param {Reading | null} result @param {number} [workers] */
function showReading(result, workers = 0) {
  keep('set', result);
  show('accuracy', result ? percentage(result.right / result.images) : UNMEASURED);
  show('ann-accuracy', result ? percentage(result.annRight / result.images) : UNMEASURED);
  show('seconds', result ? result.seconds.toFixed(2) : UNMEASURED);
  show('images', result ? count(Math.round(result.images / result.seconds)) : UNMEASURED);
  show('set-synops', result ? billions(result.synops / result.seconds) : UNMEASURED);
  show('workers', result ? String(workers) : UNMEASURED);
}

async function start() {
  const [simulator, samples] = await Promise.all([
    loadSimulator(),
    loadSamples(new URL('./assets/samples.json', import.meta.url)),
  ]);
  const settings = { ...simulator.model.defaults(), steps: STEPS };
  const drawn = draw(simulator.api, samples);
  const cores = navigator.hardwareConcurrency || 2;
  const measuring = createMeasuring({ parts: simulator.parts, onChange: tell, onTrouble: complain });

  /** What is being measured: one thing at a time, and none where it was stopped. */
  let turn = 0;
  /** How far it is, in words. */
  let wordsOf = (/** @type {number} */ _done, /** @type {number} */ _all) => '';

  function tell() {
    const { progress } = measuring;
    if (progress) teller.work(progress.done / progress.all, wordsOf(progress.done, progress.all));
  }

  /**
   * @param {(mine: () => boolean) => Promise<string | null>} work what is found, for the ear; null where it was stopped
   * @returns {Promise<void>}
   */
  async function measure(work) {
    turn += 1;
    const mine = turn;
    measuring.stop();
    trouble.hidden = true;
    try {
      const found = await work(() => mine === turn);
      if (mine === turn && found !== null) teller.rest('Measured', true, found);
    } catch (error) {
      if (mine !== turn) return;
      teller.rest('Not measured', false);
      complain(messageOf(error));
    }
  }

  const timePresentation = () =>
    measure(async () => {
      showPresentation(null);
      wordsOf = () => 'One presentation, again and again';
      const job = timePresentations(drawn, settings);
      if (!(await measuring.run(job, 1)) || !job.result) return null;
      showPresentation(job.result);
      return `One presentation takes ${job.result.least.toFixed(0)} microseconds at the least.`;
    });

  const readAll = () =>
    measure(async (mine) => {
      showReading(null);
      teller.work(0, 'Fetching the test images');
      const images = await loadTestImages();
      if (!mine()) return null;
      wordsOf = (done, all) => `${count(done)} of ${count(all)} images`;
      const job = readSet(images, wanted(), settings);
      if (!(await measuring.run(job, cores)) || !job.result) return null;
      const { result } = job;
      showReading(result, cores);
      return `${percentage(result.right / result.images)} read right, in ${result.seconds.toFixed(1)} seconds.`;
    });

  timeButton.disabled = false;
  timeButton.addEventListener('click', timePresentation);
  readButton.disabled = false;
  readButton.addEventListener('click', readAll);
  stopButton.addEventListener('click', () => {
    turn += 1;
    measuring.stop();
    teller.rest('Stopped', false);
  });
  show('cores', cores === 1 ? 'one worker' : `${cores} workers`);
  timePresentation();
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

const name = () =>
  say(readButton, wanted() === TEST_IMAGES ? 'Read all 10,000 test images' : `Read ${count(wanted())} test images`);
addEventListener('hashchange', name);
name();
const state = createState(() => {});
createTheme(
  element('theme', HTMLButtonElement),
  () => state.now.theme,
  (theme) => state.set({ theme }),
  () => {},
);
retryButton.addEventListener('click', load);
load();
