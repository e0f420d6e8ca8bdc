// The chain at work: the 28 x 28 that the network sees, its hidden neurons and its outputs, flashing as they spike.

/** @import { Network, Neuron, Pointed, Recording } from '../simulator/types.js' */
/** @import { View } from './types.js' */
/** @import { Connection } from './connections.js' */
/** @import { Ends } from './wires.js' */

import { channels, createSurface, readPalette } from '../ui/canvas-surface.js';
import { count } from '../ui/number-format.js';
import { connectionsOf, strongest } from './connections.js';
import { geometryOf, neuronAt } from './geometry.js';
import { glow, spikesOf } from './glow.js';
import { hideTip, showTip } from './tip.js';
import { drawSpike, drawWire } from './wires.js';

/**
 * A step of the simulation takes no time inside; it is shown as three moments, so that a slow eye sees the spikes pass
 * from layer to layer: input, hidden and output spikes at 2/3, 1/3 and 0 steps before its end.
 */
const LEAD = [2 / 3, 1 / 3, 0];

/**
 * Time constants of the fading of a spike, in steps. A pixel of full ink fires at every step, and all of them together
 * are a large area: by the next step they fade by 15 %, a change of luminance under the tenth of white from which on
 * WCAG 2.3.1 counts a flash, so that they glimmer at no speed.
 */
const DECAY = [6, 5, 9];

/** How many connections of either sign are shown into each layer, and at most into one neuron. */
const SHOWN = [
  { most: 32, each: 1 },
  { most: 24, each: 4 },
];

/** How many of either sign are shown of a neuron that the pointer is over, into the hidden layer and into the output. */
const OWN = [14, 12];

const LAYERS = ['Input', 'Hidden', 'Output'];

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} wires
 * @param {(neuron: Neuron) => void} wires.pick a neuron was clicked
 * @param {(neuron: Pointed | null) => void} wires.point the pointer came over a neuron, or left it
 * @returns {View}
 */
export function createStage(canvas, { pick, point }) {
  const surface = createSurface(canvas);
  const { context } = surface;
  const retina = document.createElement('canvas');
  retina.width = 28;
  retina.height = 28;
  const retinaContext = /** @type {CanvasRenderingContext2D} */ (retina.getContext('2d'));
  const pixels = retinaContext.createImageData(28, 28);

  let palette = readPalette();
  let geometry = geometryOf(1, 1, null);
  /** @type {Recording | null} */
  let recording = null;
  /** @type {Network | null} */
  let network = null;
  /** @type {Neuron | null} */
  let focus = null;
  /** @type {Connection[][]} into the hidden layer, into the output */
  let connections = [[], []];
  /** @type {Pointed | null} */
  let pointed = null;
  /** @type {Connection[][]} those of the neuron that is pointed at */
  let own = [[], []];
  /** @type {Float32Array | null} its weights from the pixels, the largest being 1 */
  let field = null;
  let now = 0;
  const brightness = [new Float32Array(784), new Float32Array(128), new Float32Array(10)];

  function drawInput() {
    const { digitInk } = recording ?? { digitInk: null };
    const shine = brightness[0];
    const [ink, spike, up, down] = [palette.ink, palette.spike, palette.excite, palette.inhibit].map(channels);
    for (let i = 0; i < 784; i++) {
      // Ink shows faintly where nothing fires; a spike covers it, and so does the field of a neuron that is pointed at.
      const glow = field ? Math.abs(field[i]) * 0.9 : shine[i] * 0.94;
      const over = field ? (field[i] > 0 ? up : down) : spike;
      const under = digitInk ? (digitInk[i] / 255) * 0.26 * (1 - glow) : 0;
      const alpha = glow + under;
      for (let c = 0; c < 3; c++) {
        pixels.data[4 * i + c] = alpha > 0 ? (over[c] * glow + ink[c] * under) / alpha : 0;
      }
      pixels.data[4 * i + 3] = alpha * 255;
    }
    retinaContext.putImageData(pixels, 0, 0);
    const side = geometry.inputRight;
    context.imageSmoothingEnabled = false;
    context.drawImage(retina, 0, 0, side, side);
    drawGrid(side);
  }

  /** @param {number} side */
  function drawGrid(side) {
    // Hairlines of paper between the pixels; at a phone's size they would leave nothing of them.
    if (geometry.cell >= 6) {
      context.strokeStyle = palette.paper;
      context.lineWidth = 1;
      context.beginPath();
      for (let i = 1; i < 28; i++) {
        const at = Math.round(i * geometry.cell) + 0.5;
        context.moveTo(at, 0);
        context.lineTo(at, side);
        context.moveTo(0, at);
        context.lineTo(side, at);
      }
      context.stroke();
    }
    context.strokeStyle = palette.hairline;
    context.lineWidth = 1;
    context.strokeRect(0.5, 0.5, side - 1, side - 1);
  }

  /**
   * @param {number} layer 1 or 2
   * @param {number} time
   */
  function drawConnections(layer, time) {
    if (pointed) return drawOwn(layer);
    const shine = brightness[layer - 1];
    const phase = (time + LEAD[layer - 1]) % 1;
    const pulse = recording && phase < 1 / 3 ? phase * 3 : null;
    for (const { from, to, weight } of connections[layer - 1]) {
      const ends = endsOf(layer, from, to);
      // A connection shows its sign, and stands out while it carries a spike.
      const carries = shine[from];
      drawWire(context, palette, ends, weight, recording ? 0.1 + 0.6 * carries * carries : 0.22);
      if (pulse !== null && carries > 0.6) drawSpike(context, palette, ends, pulse);
    }
  }

  /**
   * The connections of the neuron that is pointed at: the stronger, the clearer.
   * @param {number} layer 1 or 2
   */
  function drawOwn(layer) {
    const wires = own[layer - 1];
    const most = wires.reduce((high, { weight }) => Math.max(high, Math.abs(weight)), 1e-12);
    for (const { from, to, weight } of wires) {
      drawWire(context, palette, endsOf(layer, from, to), weight, 0.12 + (0.78 * Math.abs(weight)) / most);
    }
  }

  /**
   * @param {number} layer
   * @param {number} from
   * @param {number} to
   * @returns {Ends}
   */
  function endsOf(layer, from, to) {
    if (layer === 1) {
      const [x, y] = geometry.input(from);
      // They begin at the edge, so that the picture stays clear; those of one pixel begin there.
      return [pointed?.layer === 0 ? x : geometry.inputRight, y, ...geometry.hidden(to)];
    }
    const [x, y] = geometry.output(to);
    return [...geometry.hidden(from), x - geometry.row * 0.34, y];
  }

  /**
   * @param {number} layer 1 or 2
   * @param {number} radius
   */
  function drawNeurons(layer, radius) {
    const shine = brightness[layer];
    const place = layer === 1 ? geometry.hidden : geometry.output;
    // All of them at rest at once; a neuron hides the connections that it stands on.
    context.fillStyle = palette.rest;
    context.beginPath();
    for (let i = 0; i < shine.length; i++) {
      const [x, y] = place(i);
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fill();
    for (let i = 0; i < shine.length; i++) {
      if (shine[i] <= 0.02) continue;
      const [x, y] = place(i);
      context.globalAlpha = shine[i];
      disc(x, y, radius, palette.spike);
      context.globalAlpha = 0.22 * shine[i] * shine[i];
      disc(x, y, radius * 1.7, palette.spike);
    }
    context.globalAlpha = 1;
  }

  /** @param {Pointed} neuron the one that was picked, or is pointed at */
  function drawRing({ layer, index }) {
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    if (layer === 0) {
      const [x, y] = geometry.input(index);
      context.strokeRect(x - geometry.cell / 2, y - geometry.cell / 2, geometry.cell, geometry.cell);
      return;
    }
    const [x, y] = layer === 1 ? geometry.hidden(index) : geometry.output(index);
    context.arc(x, y, layer === 1 ? geometry.pitch * 0.44 : geometry.row * 0.4, 0, 2 * Math.PI);
    context.stroke();
  }

  const under = (/** @type {MouseEvent} */ { offsetX, offsetY }) => neuronAt(geometry, offsetX, offsetY);
  canvas.addEventListener('click', (event) => {
    const neuron = network && under(event);
    if (neuron?.layer === 1 || neuron?.layer === 2) pick({ layer: neuron.layer, index: neuron.index });
  });
  canvas.addEventListener('pointermove', (event) => {
    // A finger covers what it points at.
    const neuron = network && event.pointerType !== 'touch' ? under(event) : null;
    canvas.style.cursor = neuron && neuron.layer > 0 ? 'pointer' : '';
    if (neuron) showTip(wordsOf(neuron), event);
    else hideTip();
    point(neuron);
  });
  canvas.addEventListener('pointerleave', () => {
    hideTip();
    point(null);
  });

  /** @param {Pointed} neuron */
  function wordsOf({ layer, index }) {
    const name =
      layer === 0 ? `Row ${Math.floor(index / 28) + 1}, column ${(index % 28) + 1}` : `${LAYERS[layer]} ${index}`;
    const spikes = recording && count(spikesOf(recording.layers[layer], Math.floor(now))[index]);
    return [name, spikes && `${spikes} spikes`, layer > 0 && 'click for why'].filter(Boolean).join(' · ');
  }

  function trace() {
    own = [[], []];
    field = null;
    if (!pointed || !network) return;
    const { layer, index } = pointed;
    for (const into of [layer, layer + 1]) {
      if (into === 1 || into === 2) own[into - 1] = connectionsOf(network, pointed, into, OWN[into - 1]);
    }
    if (layer !== 1) return;
    const [inputs, hidden] = network.sizes;
    field = Float32Array.from({ length: inputs }, (_, pixel) => network?.weights[0][pixel * hidden + index] ?? 0);
    const most = field.reduce((high, weight) => Math.max(high, Math.abs(weight)), 1e-12);
    field = field.map((weight) => weight / most);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   * @param {string} colour
   */
  function disc(x, y, radius, colour) {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }

  return {
    show(next, net, picked) {
      const rewired = net !== network;
      focus = picked;
      if (next === recording && !rewired) return;
      recording = next;
      network = net;
      if (rewired) geometry = geometryOf(surface.width, surface.height, network);
      connections = net ? SHOWN.map(({ most, each }, i) => strongest(net, recording, i + 1, most, each)) : [[], []];
      trace();
    },

    point(neuron) {
      pointed = neuron;
      trace();
    },

    draw(time) {
      now = time;
      context.clearRect(0, 0, surface.width, surface.height);
      for (const [layer, shine] of brightness.entries()) {
        if (recording) glow(recording.layers[layer], time, LEAD[layer], DECAY[layer], shine);
        else shine.fill(0);
      }
      if (pointed?.layer === 0) drawInput();
      drawConnections(1, time);
      drawConnections(2, time);
      if (pointed?.layer !== 0) drawInput();
      drawNeurons(1, geometry.pitch * 0.32);
      drawNeurons(2, geometry.row * 0.3);
      if (focus) drawRing(focus);
      if (pointed) drawRing(pointed);
    },

    resize() {
      surface.fit();
      palette = readPalette();
      geometry = geometryOf(surface.width, surface.height, network);
    },
  };
}
