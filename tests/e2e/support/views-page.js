// A page that shows every view of a small network, without the rest of the pad. Bundled by any-network.spec.js.

/** @import { Neuron } from '../../../www/simulator/types.js' */
/** @import { Page, View } from '../../../www/views/types.js' */

import { createExportPanel } from '../../../www/export/export-panel.js';
import { createStage } from '../../../www/views/stage.js';
import { createTabs } from '../../../www/views/tabs.js';
import { createVerdict } from '../../../www/views/verdict.js';
import { VIEWS } from '../../../www/views/view-table.js';
import { createVotes } from '../../../www/views/votes.js';
import { createInk, createNetwork, present, SETTINGS } from './small-network.js';

const root = /** @type {HTMLElement} */ (document.querySelector('main'));
const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(name));
const sizes = new URLSearchParams(location.search).get('sizes')?.split('-').map(Number) ?? [];
const network = createNetwork(sizes);
const recording = present(network, createInk(sizes[0]), SETTINGS);
/** @type {Neuron | null} */
let focus = null;
let time = 0;
/** The neurons that were pointed at, in order. @type {(Neuron | null)[]} */
const pointed = [];

/** @type {Page} */
const page = {
  assets: {},
  elementId: (name) => name,
  pick: (neuron) => choose(neuron),
  inspect(neuron) {
    choose(neuron);
    page.open('why');
  },
  point(neuron) {
    pointed.push(neuron);
    for (const view of [stage, tabs]) view.point?.(neuron);
    page.requestFrame();
  },
  open(view) {
    tabs.choose(view);
  },
  requestFrame: () => requestAnimationFrame(draw),
  answer: (ink, settings) => present(network, ink, { ...settings, steps: 20 }).verdict,
  async picture(view, take) {
    await tabs.prepare(view);
    tabs.reveal(view, time, () => take(root));
  },
};

const answers = [createVotes(part('.votes'), page), createVerdict(part('.verdict'), page)];
const stage = createStage(part('.stage-column'), page);
const exporting = { name: 'away', title: 'Export', question: 'Export', load: () => createExportPanel(VIEWS) };
const tabs = createTabs(part('.views'), [...VIEWS, exporting], page);
const views = /** @type {View[]} */ ([...answers, stage, tabs]);

/** @param {Neuron} neuron */
function choose(neuron) {
  focus = neuron;
  show();
}

function show() {
  for (const view of views) view.show(recording, network, focus);
  page.requestFrame();
}

function draw() {
  for (const view of views) view.draw(time);
}

Object.assign(window, {
  pointed,
  /** @param {number} to steps */
  seek(to) {
    time = to;
    draw();
  },
  destroy() {
    for (const view of views) view.destroy();
  },
});

tabs.choose('spikes');
for (const view of views) view.resize();
show();
new ResizeObserver(() => {
  for (const view of views) view.resize();
  draw();
}).observe(root);
