// The stage: the picture that the network sees, its hidden layers and its outputs, which light up when they spike.

/** @import { Network, Neuron, Recording } from '../simulator/types.js' */
/** @import { CreateView } from './types.js' */
/** @import { Column } from './geometry.js' */

import { createSurface } from '../ui/canvas-surface.js';
import { make, mark, say } from '../ui/dom.js';
import { count } from '../ui/number-format.js';
import { geometryOf, isDense, NOTHING, nearestNeuron, neuronsInCell } from './geometry.js';
import { existing, layersInWords, neuronName, pixelName } from './layers.js';
import { createParts } from './parts.js';
import { createPixelGrid } from './pixel-grid.js';
import { brightnessAt, spikeCounts } from './spike-brightness.js';
import { createStageCaptions } from './stage-captions.js';
import { drawDense, drawDiscs, drawInput, drawPotentials, drawRing } from './stage-layers.js';
import { createStageWires } from './stage-wires.js';
import { createTooltip } from './tooltip.js';

/**
 * Time constants of the fading of a spike, in steps. Pixels of full ink may spike at every step, and cover a large area.
 * From one step to the next they fade by 15 %. That changes the luminance by less than 10 % of white, the least change that
 * WCAG 2.3.1 counts as a flash, so they flash at no speed.
 */
const DECAY = { input: 6, hidden: 5, output: 9 };

/** The words under the stage change at most so often, ms. */
const QUIET = 500;

/** How near to a neuron a pointer must be to mean it, CSS pixels. */
const REACH = { mouse: 10, touch: 32 };

/**
 * How long before the end of a step a layer's spikes are shown, in steps. In the simulation, spikes pass through all layers
 * within one step. The stage shows one layer after another, so that in slow motion one sees them pass: spikes of the last
 * layer at the end of the step, those of the layer before it a part of a step earlier, and so on.
 * @param {number} layers
 * @param {number} layer
 */
function leadOf(layers, layer) {
  return (layers - 1 - layer) / layers;
}

/** @type {CreateView} */
export function createStage(root, page) {
  const parts = createParts(root);
  const captions = createStageCaptions(parts.find('.captions', () => make('div', { class: 'captions' })));
  const canvas = parts.find('canvas', () => make('canvas', { class: 'stage', role: 'img' }));
  const note = parts.find('.cells-note', () => make('p', { class: 'aside cells-note', hidden: '' }));
  const surface = createSurface(canvas);
  const wires = createStageWires(surface);
  const tooltip = createTooltip(root);
  const listeners = new AbortController();
  const { signal } = listeners;

  let geometry = NOTHING;
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  /** @type {readonly number[]} */
  let sizes = [];
  /** @type {Neuron | null} */
  let focus = null;
  /** @type {Neuron | null} */
  let pointed = null;
  /** The weights of the pointed neuron from the input, the largest being 1. @type {Float32Array | null} */
  let weights = null;
  let now = 0;
  /** Says what happens, where the page has a place for it. @type {HTMLElement | null} */
  const words = root.querySelector('.stage-words');
  const idle = words?.textContent ?? '';
  /** @type {typeof import('./stage-words.js') | null} */
  let story = null;
  /** The step that the words are about. */
  let told = -1;
  /** The words do not change before this time, ms. */
  let quiet = 0;
  let timer = 0;
  /** The neuron whose card is open. @type {Neuron | null} */
  let kept = null;
  /** @type {ReturnType<typeof import('./neuron-card.js').createNeuronCard> | null} */
  let card = null;
  /** @type {Float32Array[]} of each layer */
  let brightness = [];
  /** The neurons of each layer that are broken. @type {(boolean[] | undefined)[]} */
  let silenced = [];
  /** One pixel per neuron, for the layers that are drawn so. @type {(ReturnType<typeof createPixelGrid> | null)[]} */
  let grids = [];

  let wordsAsked = false;

  async function loadWords() {
    if (wordsAsked) return;
    wordsAsked = true;
    try {
      story = await import('./stage-words.js');
      page.requestFrame();
    } catch {
      // The stage is complete without words; they come with the next network.
      wordsAsked = false;
    }
  }

  /** Says under the stage what happens there, seldom enough to be read. @param {number} time */
  function tell(time) {
    if (!words || !story) return;
    const step = Math.floor(time);
    const ended = step === 0 || step >= (recording?.steps ?? 0);
    if (step === told) return;
    const wait = quiet - performance.now();
    if (!ended && wait > 0) {
      clearTimeout(timer);
      timer = window.setTimeout(page.requestFrame, wait);
      return;
    }
    told = step;
    quiet = performance.now() + QUIET;
    say(words, story.stageWords(network, recording, step, page.answerHidden === true) || idle);
  }

  /** @param {number} layer */
  function kindOf(layer) {
    return layer === 0 ? 'input' : layer === sizes.length - 1 ? 'output' : 'hidden';
  }

  /** Takes the layers of a network; before there is one, those that the page expects. */
  function takeLayers() {
    sizes = network?.sizes ?? page.expectedSizes ?? [];
    brightness = sizes.map((size) => new Float32Array(size));
    silenced = sizes.map((_, layer) => silencedIn(network, layer));
    mark(canvas, 'aria-label', `Spikes of ${layersInWords(sizes)} at the current step`);
    layOut();
  }

  function layOut() {
    geometry = geometryOf(surface.width, surface.height, sizes, network);
    grids = geometry.columns.map((column, layer) =>
      layer === 0 || isDense(column) ? createPixelGrid(column.across, column.down) : null,
    );
    if (surface.width === 0) return;
    captions.fit(geometry, page.answerHidden === true);
    sayWhatIsNotShown();
  }

  /** Says what a cell of several neurons means, and between which layers no wires can be read. */
  function sayWhatIsNotShown() {
    const most = Math.max(0, ...geometry.columns.map(({ perCell }) => perCell));
    const wired = sizes.every((_, layer) => layer === 0 || wires.isReadable(geometry, layer));
    const words = [
      most > 1 && `A cell holds up to ${count(most)} neurons: the more of them spike, the brighter it is.`,
      sizes.length > 0 && !wired && 'Point at a neuron to see its wires.',
    ];
    say(note, words.filter(Boolean).join(' '));
    note.hidden = note.textContent === '';
  }

  /** @param {number} layer */
  function drawLayer(layer) {
    const column = geometry.columns[layer];
    const grid = grids[layer];
    if (layer === 0 && grid) {
      const ink = recording?.digitInk.length === sizes[0] ? recording.digitInk : null;
      drawInput(surface, column, grid, { ink, brightness: brightness[0], weights });
    } else if (grid) drawDense(surface, column, grid, brightness[layer]);
    else drawDiscs(surface, column, brightness[layer], kindOf(layer) === 'output', silenced[layer]);
  }

  /**
   * @param {number} layer
   * @param {number} time
   */
  function drawWires(layer, time) {
    const layers = sizes.length;
    const phase = (time + leadOf(layers, layer - 1)) % 1;
    const progress = recording && phase < 1 / layers ? phase * layers : null;
    wires.draw(geometry, layer, recording && brightness[layer - 1], progress);
  }

  /** @param {number} time */
  function drawOutputPotentials(time) {
    const step = Math.floor(time);
    const last = sizes.length - 1;
    if (!recording || step < 1 || page.answerHidden || isDense(geometry.columns[last])) return;
    const { membranes, size } = recording.layers[last];
    const { threshold } = recording.settings;
    const potentials = membranes.subarray((step - 1) * size, step * size).map((potential) => potential / threshold);
    drawPotentials(surface, geometry.columns[last], potentials);
  }

  /** @param {Neuron} neuron */
  function ring({ layer, index }) {
    drawRing(surface, /** @type {Column} */ (geometry.columns[layer]), index, kindOf(layer));
  }

  /** Does a layer tell the answer, which is hidden? @param {number} layer */
  function isHidden(layer) {
    return page.answerHidden && layer === sizes.length - 1;
  }

  /** Can one look inside a neuron? @param {Neuron} neuron */
  function isOpen({ layer }) {
    return layer > 0 && !isHidden(layer);
  }

  /**
   * The neuron under the pointer, or near it; in a cell that holds several, the one that has spiked most.
   * @param {MouseEvent} event
   * @param {number} [reach] how far it may be, CSS pixels
   * @returns {(Neuron & { among: number }) | null} `among` is the number of neurons in its cell
   */
  function neuronUnder({ offsetX, offsetY }, reach = 0) {
    const found = network && nearestNeuron(geometry, offsetX, offsetY, reach);
    if (!found) return null;
    const { layer } = found;
    const cell = neuronsInCell(geometry.columns[layer], found.index);
    if (cell.length === 1 || !recording) return { ...found, among: cell.length };
    const spikes = spikeCounts(recording.layers[layer], Math.floor(now));
    const index = cell.reduce((most, each) => (spikes[each] > spikes[most] ? each : most));
    return { layer, index, among: cell.length };
  }

  /** @param {NonNullable<ReturnType<typeof neuronUnder>>} neuron */
  function wordsFor(neuron) {
    const { layer, index, among } = neuron;
    const pixel = pixelName(sizes, index);
    const name = layer === 0 ? pixel[0].toUpperCase() + pixel.slice(1) : neuronName(sizes, neuron);
    if (isHidden(layer)) return `${name} · hidden by the link`;
    const spikes = recording && count(spikeCounts(recording.layers[layer], Math.floor(now))[index]);
    const cell = among > 1 && `most active of the ${among} in this cell`;
    return [name, spikes && `${spikes} spikes`, cell, layer > 0 && 'click to look inside'].filter(Boolean).join(' · ');
  }

  /** Is the pointer that went down last a finger? */
  let touched = false;

  /** Keeps a neuron highlighted, with its card; null ends that. @param {Neuron | null} neuron */
  async function keep(neuron) {
    kept = neuron;
    page.point(neuron);
    if (!neuron) return card?.remove();
    const { createNeuronCard } = await import('./neuron-card.js');
    if (signal.aborted || kept !== neuron || !network) return;
    const frame = /** @type {HTMLElement} */ (canvas.parentElement);
    card ??= createNeuronCard(frame, { onInspect: page.inspect, onClose: () => keep(null) });
    const { x, y } = geometry.columns[neuron.layer];
    card.show(neuron, { network, recording, hidden: isHidden(neuron.layer) === true }, [
      x[neuron.index],
      y[neuron.index],
    ]);
    card.draw(Math.floor(now));
  }

  canvas.addEventListener('pointerdown', ({ pointerType }) => (touched = pointerType === 'touch'), { signal });
  canvas.addEventListener(
    'click',
    (event) => {
      const neuron = neuronUnder(event, touched ? REACH.touch : REACH.mouse);
      const found = neuron && { layer: neuron.layer, index: neuron.index };
      if (touched) keep(found);
      else if (found && isOpen(found)) page.inspect(found);
    },
    { signal },
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      // A finger covers the neuron that it points at, so touch shows no tooltip. A tap opens a card.
      if (event.pointerType === 'touch') return;
      const neuron = neuronUnder(event);
      canvas.style.cursor = neuron && isOpen(neuron) ? 'pointer' : '';
      if (neuron) tooltip.show(wordsFor(neuron), event);
      else tooltip.hide();
      page.point(neuron && { layer: neuron.layer, index: neuron.index });
    },
    { signal },
  );
  canvas.addEventListener(
    'pointerleave',
    () => {
      tooltip.hide();
      page.point(kept);
    },
    { signal },
  );

  function takePointed() {
    wires.point(pointed);
    weights = pointed?.layer === 1 && network ? weightsFromInput(network, pointed.index) : null;
  }

  takeLayers();

  return {
    show(next, net, picked) {
      const otherNetwork = net !== network;
      const same = next === recording && !otherNetwork;
      recording = next;
      network = net;
      if (otherNetwork) takeLayers();
      if (kept) keep(existing(sizes, kept));
      told = -1;
      if (network && words) loadWords();
      focus = existing(sizes, picked);
      if (same) return;
      pointed = existing(sizes, pointed);
      captions.show(recording?.enlargement);
      wires.show(network, recording);
      takePointed();
    },

    point(neuron) {
      pointed = existing(sizes, neuron);
      takePointed();
    },

    draw(time) {
      now = time;
      surface.context.clearRect(0, 0, surface.width, surface.height);
      const layers = geometry.columns.length;
      if (layers === 0) return;
      for (let layer = 0; layer < layers; layer++) {
        const lead = leadOf(layers, layer);
        if (recording) brightnessAt(recording.layers[layer], time, lead, DECAY[kindOf(layer)], brightness[layer]);
        else brightness[layer].fill(0);
      }
      // The wires of a pixel begin inside the picture and are drawn over it.
      if (pointed?.layer === 0) drawLayer(0);
      // The weights of the spikes on their way to the outputs would tell the answer.
      for (let layer = 1; layer < layers; layer++) if (!isHidden(layer)) drawWires(layer, time);
      if (pointed?.layer !== 0) drawLayer(0);
      for (let layer = 1; layer < layers; layer++) drawLayer(layer);
      drawOutputPotentials(time);
      if (focus) ring(focus);
      if (pointed) ring(pointed);
      card?.draw(Math.floor(time));
      tell(time);
    },

    resize() {
      surface.fit();
      layOut();
    },

    destroy() {
      listeners.abort();
      tooltip.hide();
      clearTimeout(timer);
      card?.remove();
      captions.destroy();
      parts.destroy();
    },
  };
}

/**
 * Which neurons of a layer are silenced in a broken network: they reach nobody.
 * @param {Network | null} network
 * @param {number} layer
 */
function silencedIn(network, layer) {
  if (!network?.damage?.includes('silence') || layer < 1 || layer > network.weights.length - 1) return undefined;
  const outputs = network.sizes[layer + 1];
  const weights = network.weights[layer];
  return Array.from({ length: network.sizes[layer] }, (_, neuron) =>
    weights.subarray(neuron * outputs, (neuron + 1) * outputs).every((weight) => weight === 0),
  );
}

/**
 * The weights of a neuron of the first layer, divided by the largest.
 * @param {Network} network
 * @param {number} index
 */
function weightsFromInput({ sizes: [inputs, outputs], weights }, index) {
  const own = Float32Array.from({ length: inputs }, (_, input) => weights[0][input * outputs + index]);
  const most = own.reduce((high, weight) => Math.max(high, Math.abs(weight)), 1e-12);
  return own.map((weight) => weight / most);
}
