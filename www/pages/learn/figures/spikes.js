// From ink to spikes: one pixel's spikes, and how often it spikes in a hundred presentations with other random numbers.

/** @import { Recording } from '../../../simulator/types.js' */
/** @import { Figure } from '../types.js' */

import { find } from '../../../ui/dom.js';
import { sentence } from '../fill.js';
import { createPlot } from '../plot.js';
import { pixels } from '../svg.js';

/** Presentations with other seeds. */
const REPEATS = 100;

/** Presentations between two pauses. */
const CHUNK = 10;

/** The most bars of the histogram. */
const BARS = 24;

/**
 * @typedef {object} Data
 * @property {Recording} recording
 * @property {number} pixel whose spikes are shown
 * @property {readonly Uint16Array[]} counts of every pixel, one for each repeat
 */

/** The spikes of every input of a recording. @param {Recording} recording */
function countInputs({ layers: [{ size, neurons }] }) {
  const counts = new Uint16Array(size);
  for (const each of neurons) counts[each] += 1;
  return counts;
}

/** The pixel whose ink is nearest to half. @param {Uint8Array} ink */
function greyest(ink) {
  const far = (/** @type {number} */ at) => Math.abs(ink[at] - 127.5);
  return ink.reduce((best, _, at) => (far(at) < far(best) ? at : best), 0);
}

/** The steps, counted from 1, in which a pixel spikes. @param {Data} data */
function trainOf({ recording, pixel }) {
  const [{ offsets, neurons }] = recording.layers;
  const steps = [];
  for (let step = 1; step < offsets.length; step++) {
    if (neurons.subarray(offsets[step - 1], offsets[step]).includes(pixel)) steps.push(step);
  }
  return steps;
}

/** @param {Data} data */
function numbersOf({ recording, pixel, counts }) {
  const p = recording.digitInk[pixel] / 255;
  const own = counts.map((each) => each[pixel]);
  return {
    p,
    expected: p * recording.steps,
    spread: Math.sqrt(recording.steps * p * (1 - p)),
    count: countInputs(recording)[pixel],
    least: Math.min(...own),
    most: Math.max(...own),
    own,
  };
}

/** @type {Figure<Data>} */
export const figure = {
  async measure({ recording, present }, _, pause) {
    const counts = [];
    for (let repeat = 1; repeat <= REPEATS; repeat++) {
      const run = present({ seed: recording.settings.seed + repeat });
      if (run) counts.push(countInputs(run));
      if (repeat % CHUNK === 0) await pause();
    }
    return { recording, counts, pixel: greyest(recording.digitInk) };
  },

  factsOf(data) {
    const { recording, pixel, counts } = data;
    const { p, expected, spread, count, least, most } = numbersOf(data);
    const side = Math.round(Math.sqrt(recording.digitInk.length));
    return {
      pixelInk: String(recording.digitInk[pixel]),
      pixelColumn: String((pixel % side) + 1),
      pixelRow: String(Math.floor(pixel / side) + 1),
      p: p.toFixed(3),
      expected: expected.toFixed(0),
      spread: spread.toFixed(1),
      count: String(count),
      least: String(least),
      most: String(most),
      repeats: String(counts.length),
      steps: String(recording.steps),
    };
  },

  draw(data, words) {
    const { recording, pixel } = data;
    const { steps, digitInk } = recording;
    const { expected, spread, count, own } = numbersOf(data);
    const facts = figure.factsOf(data, words);
    const side = Math.round(Math.sqrt(digitInk.length));
    const mark = `<rect class="chosen" x="${pixel % side}" y="${Math.floor(pixel / side)}" width="1" height="1"/>`;
    const train = createPlot({
      x: { from: 0, to: steps, ticks: [0, steps / 2, steps].map(Math.round), name: words.steps },
      y: { from: 0, to: 1, ticks: [], name: sentence(words.train, facts) },
    });
    train.lines(trainOf(data), 1, 'spikes');
    const [least, most] = [
      Math.min(...own, Math.floor(expected - 3 * spread)),
      Math.max(...own, expected + 3 * spread),
    ];
    const width = Math.max(1, Math.ceil((most - least + 1) / BARS));
    /** @type {Map<number, number>} */
    const bars = new Map();
    for (const each of own) {
      const bar = least + width * Math.floor((each - least) / width);
      bars.set(bar, (bars.get(bar) ?? 0) + 1);
    }
    const to = least + width * Math.ceil((most - least + 1) / width);
    const high = Math.max(...bars.values());
    const histogram = createPlot({
      x: { from: least, to, ticks: [least, Math.round((least + to) / 2), to], name: sentence(words.count, facts) },
      y: { from: 0, to: high * 1.25, ticks: [0, high], name: sentence(words.repeats, facts) },
    });
    for (const [bar, times] of bars) histogram.bar(bar, bar + width, times);
    histogram.upright(Math.min(to, Math.max(least, count + 0.5)), 'upright own');
    histogram.note(Math.min(to, Math.max(least, count + 0.5)), high * 1.2, sentence(words.own, facts), {
      anchor: count > (least + to) / 2 ? 'end' : 'start',
      dx: count > (least + to) / 2 ? -6 : 6,
    });
    return `<div class="pixel-and-train"><div class="choose">${pixels(
      Array.from(digitInk, (each) => each / 255),
      sentence(words.picture, facts),
      { content: mark, name: 'pixels ink' },
    )}</div><div class="plots">${train.html(sentence(words.trainLabel, facts), 'low')}<div class="told">${histogram.html(
      sentence(words.repeatsLabel, facts),
    )}</div></div></div>`;
  },

  controls(words) {
    return `<p class="buttons"><button type="button" class="button" data-pick="darker">${words.darker}</button> <button type="button" class="button" data-pick="paler">${words.paler}</button></p>`;
  },

  connect(root, live) {
    const pick = (/** @type {number} */ pixel) => live.data && live.set({ ...live.data, pixel });
    root.addEventListener('click', (event) => {
      const { target } = event;
      if (!live.data || !(target instanceof Element)) return;
      const { digitInk } = live.data.recording;
      const picture = target.closest('.choose svg');
      if (picture && event instanceof MouseEvent) {
        const { left, top, width, height } = picture.getBoundingClientRect();
        const side = Math.round(Math.sqrt(digitInk.length));
        const at = (/** @type {number} */ share) => Math.min(side - 1, Math.max(0, Math.floor(share * side)));
        pick(at((event.clientY - top) / height) * side + at((event.clientX - left) / width));
      }
    });
    for (const name of ['darker', 'paler']) {
      find(root, `[data-pick="${name}"]`, HTMLButtonElement).addEventListener('click', () => {
        if (!live.data) return;
        const { pixel, recording } = live.data;
        const ink = recording.digitInk;
        const others = [...ink.keys()].filter((at) =>
          name === 'darker' ? ink[at] > ink[pixel] : ink[at] < ink[pixel],
        );
        if (others.length === 0) return;
        // A twentieth of the ink further, or as far as there is one.
        const wanted = ink[pixel] + (name === 'darker' ? 13 : -13);
        pick(others.reduce((best, at) => (Math.abs(ink[at] - wanted) < Math.abs(ink[best] - wanted) ? at : best)));
      });
    }
  },
};
