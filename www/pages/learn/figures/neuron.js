// One neuron: the reader pushes it by hand, and sees how its rate depends on a steady push.

/** @import { Lif } from '../neuron-model.js' */
/** @import { Figure, Live, Words } from '../types.js' */

import { find } from '../../../ui/dom.js';
import { sentence } from '../fill.js';
import { countSpikes, createNeuron, decayOf, stepsBetweenSpikes } from '../neuron-model.js';
import { createPlot } from '../plot.js';

/** Steps that the trace shows. */
const SHOWN = 120;

/** Steps between two ticks of the trace. */
const TICK = 20;

/** How much a push by hand adds, in thresholds. */
const PUSH = 0.4;

/** Steps in a second while time runs. */
const PACE = 25;

/** Below this potential nothing is left to see. */
const FAINT = 0.01;

/** The strongest steady push of the curve, thresholds per step. */
const STRONGEST = 0.3;

/** The highest rate of the curve, spikes in 100 steps. */
const MOST = 30;

/** Steps in which spikes are counted for the curve. */
const COUNTED = 1000;

/** The steps of the pushes in the picture that is shown first: three quick ones, then three slow ones. */
const FIRST = [8, 10, 12, 40, 65, 90];

/**
 * @typedef {object} Data
 * @property {Lif} lif
 * @property {number} steady push in every step, thresholds
 * @property {readonly { step: number, potential: number, fired: boolean, pushed: boolean }[]} trace
 */

/** @type {Lif} */
const START = { tau: 20, threshold: 1, refractory: 2, reset: 'zero' };

/** A push by hand now and then. @param {Lif} lif @param {readonly number[]} pushes @param {number} steady @returns {Data['trace']} */
function traceOf(lif, pushes, steady) {
  const neuron = createNeuron(lif);
  return Array.from({ length: SHOWN }, (_, at) => {
    const pushed = pushes.includes(at + 1);
    const fired = neuron.step(steady + (pushed ? PUSH : 0));
    return { step: at + 1, potential: neuron.potential, fired, pushed };
  });
}

/** @param {Data} data @param {Words} words */
function drawTrace({ lif, trace }, words) {
  const to = Math.max(SHOWN, trace[trace.length - 1]?.step ?? 0);
  const from = to - SHOWN;
  const ticks = Array.from({ length: SHOWN / TICK + 1 }, (_, i) => TICK * (Math.ceil(from / TICK) + i));
  const plot = createPlot({
    x: { from, to, ticks: ticks.filter((tick) => tick <= to), name: words.steps },
    y: { from: 0, to: 1.3, ticks: [0, 1], name: words.potential },
  });
  plot.level(lif.threshold, 'level threshold');
  plot.note(to, lif.threshold, words.threshold, { anchor: 'end', dx: 0, dy: -6 });
  const shown = trace.filter(({ step }) => step > from);
  /** @type {[number, number][]} */
  const line = shown.flatMap(({ step, potential, fired }) =>
    fired
      ? [
          [step, 1.25],
          [step, potential],
        ]
      : [[step, potential]],
  );
  if (line.length > 0) plot.curve(line);
  plot.lines(
    shown.filter(({ pushed }) => pushed).map(({ step }) => step),
    0.07,
    'pushes',
  );
  for (const { step } of shown.filter(({ fired }) => fired)) plot.dot(step, 1.25, 'dot spike');
  const fired = trace.filter((each) => each.fired).length;
  return plot.html(sentence(words.traceLabel, { fired: String(fired) }));
}

/** @param {Data} data @param {Words} words */
function drawRates({ lif, steady }, words) {
  const rate = (/** @type {number} */ push) => 100 / stepsBetweenSpikes(lif, push);
  const plot = createPlot({
    x: { from: 0, to: STRONGEST, ticks: [0, 0.1, 0.2, 0.3], name: words.push },
    y: { from: 0, to: MOST, ticks: [0, MOST / 2, MOST], name: words.rate },
  });
  const pushes = Array.from({ length: 151 }, (_, i) => (i * STRONGEST) / 150);
  plot.curve(pushes.map((push) => /** @type {const} */ ([push, push > 0 ? Math.min(MOST, rate(push)) : 0])));
  for (let i = 1; i <= 14; i++) {
    const push = (i * STRONGEST) / 15;
    plot.dot(push, Math.min(MOST, (100 * countSpikes(lif, push, COUNTED)) / COUNTED), 'dot counted');
  }
  if (steady > 0) plot.dot(steady, Math.min(MOST, rate(steady)), 'dot own');
  return plot.html(words.ratesLabel);
}

/** @type {Figure<Data>} */
export const figure = {
  fixed: true,
  measure: () => ({ lif: START, steady: 0.1, trace: traceOf(START, FIRST, 0) }),

  factsOf({ lif, steady }) {
    const between = stepsBetweenSpikes(lif, steady);
    const decay = decayOf(lif.tau);
    return {
      tau: String(lif.tau),
      decay: decay.toFixed(4),
      refractory: String(lif.refractory),
      push: String(PUSH),
      steady: steady.toFixed(2),
      between: Number.isFinite(between) ? String(between) : '–',
      fired: String(countSpikes(lif, steady, COUNTED)),
      leastPush: (lif.threshold * (1 - decay)).toFixed(3),
    };
  },

  draw(data, words) {
    return `<div class="trace">${drawTrace(data, words)}</div><div class="rates">${drawRates(data, words)}</div>`;
  },

  controls(words) {
    const slider = (/** @type {string} */ name, /** @type {string} */ range) =>
      `<label class="dial"><span>${words[name]}</span><input class="slider" type="range" data-dial="${name}" ${range}><output></output></label>`;
    return `<p class="buttons"><button type="button" class="button primary" data-do="push">${words.pushButton}</button> <button type="button" class="button" data-do="wait">${words.waitButton}</button> <button type="button" class="button" data-do="again">${words.againButton}</button></p>
<div class="dials">${slider('steadyDial', 'min="0" max="0.3" step="0.01" value="0.1"')}${slider('tauDial', 'min="5" max="100" step="5" value="20"')}${slider('refractoryDial', 'min="0" max="10" step="1" value="2"')}</div>`;
  },

  connect(root, live) {
    connectNeuron(root, live);
  },
};

/**
 * Time runs from the first push until nothing is left to see; with reduced motion it goes on with each button only.
 * @param {HTMLElement} root
 * @param {Live<Data>} live
 */
function connectNeuron(root, live) {
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const dial = (/** @type {string} */ name) => find(root, `[data-dial="${name}"]`, HTMLInputElement);
  const dials = ['steadyDial', 'tauDial', 'refractoryDial'].map(dial);
  const [steady, tau, refractory] = dials;
  /** @type {Lif} */
  let lif = START;
  let neuron = createNeuron(lif);
  /** @type {Data['trace'][number][]} */
  let trace = [];
  /** Pushes that have not arrived. */
  let waiting = 0;
  /** Does the steady push arrive? It does from the moment in which the reader moves its slider. */
  let held = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  function step() {
    const pushed = waiting > 0;
    if (pushed) waiting -= 1;
    const fired = neuron.step((held ? Number(steady.value) : 0) + (pushed ? PUSH : 0));
    const last = trace[trace.length - 1]?.step ?? 0;
    trace = [...trace.slice(-SHOWN), { step: last + 1, potential: neuron.potential, fired, pushed }];
  }

  function show() {
    live.set({ lif, steady: Number(steady.value), trace });
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
  }

  function run() {
    if (still.matches || timer !== undefined) return;
    timer = setInterval(() => {
      step();
      show();
      const quiet = !held && waiting === 0 && neuron.potential < FAINT;
      const long = trace[trace.length - 1].step >= 40 * SHOWN;
      if (quiet || long || !root.isConnected || document.hidden) stop();
    }, 1000 / PACE);
  }

  /** Says what the dials are at. */
  function say() {
    for (const input of dials) if (input.nextElementSibling) input.nextElementSibling.textContent = input.value;
  }

  find(root, '[data-do="push"]', HTMLButtonElement).addEventListener('click', () => {
    waiting += 1;
    if (still.matches) {
      step();
      show();
    } else run();
  });
  find(root, '[data-do="wait"]', HTMLButtonElement).addEventListener('click', () => {
    for (let i = 0; i < 10; i++) step();
    show();
  });
  find(root, '[data-do="again"]', HTMLButtonElement).addEventListener('click', () => {
    stop();
    [waiting, held, trace, neuron] = [0, false, [], createNeuron(lif)];
    show();
  });
  for (const input of dials) {
    input.addEventListener('input', () => {
      lif = { ...lif, tau: Number(tau.value), refractory: Number(refractory.value) };
      if (input === steady) {
        held = Number(steady.value) > 0;
        if (trace.length === 0) neuron = createNeuron(lif);
      } else {
        // Other parameters are another neuron.
        [neuron, trace, waiting] = [createNeuron(lif), [], 0];
      }
      say();
      if (held && still.matches) for (let i = 0; i < SHOWN; i++) step();
      show();
      if (held) run();
    });
  }
  say();
}
