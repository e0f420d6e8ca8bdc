// The chain at work: the 28 x 28 that the network sees, its hidden neurons and its outputs, flashing as they spike.

/** @import { Network, Neuron, Recording, View } from '../types.js' */
/** @import { Connection } from './connections.js' */

import { strongest } from './connections.js';
import { geometryOf, neuronAt } from './geometry.js';
import { glow } from './glow.js';
import { channels, createSurface, readPalette } from './surface.js';

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

/** How many connections are shown into each layer, and at most into one neuron. */
const SHOWN = [
  { most: 56, each: 2 },
  { most: 40, each: 6 },
];

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(neuron: Neuron) => void} pick a neuron was clicked
 * @returns {View}
 */
export function createStage(canvas, pick) {
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
  const brightness = [new Float32Array(784), new Float32Array(128), new Float32Array(10)];

  function drawInput() {
    const { digitInk } = recording ?? { digitInk: null };
    const shine = brightness[0];
    const [ink, spike] = [channels(palette.ink), channels(palette.spike)];
    for (let i = 0; i < 784; i++) {
      // Ink shows faintly where nothing fires; a spike covers it.
      const glow = shine[i] * 0.94;
      const under = digitInk ? (digitInk[i] / 255) * 0.26 * (1 - glow) : 0;
      const alpha = glow + under;
      for (let c = 0; c < 3; c++) {
        pixels.data[4 * i + c] = alpha > 0 ? (spike[c] * glow + ink[c] * under) / alpha : 0;
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
    const shine = brightness[layer - 1];
    const phase = (time + LEAD[layer - 1]) % 1;
    const pulse = recording && phase < 1 / 3 ? phase * 3 : null;
    context.lineWidth = 1;
    for (const { from, to, weight } of connections[layer - 1]) {
      const [x0, y0, x1, y1] = endsOf(layer, from, to);
      const bend = (x1 - x0) * 0.5;
      context.beginPath();
      context.moveTo(x0, y0);
      context.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
      // A connection shows its sign, and stands out while it carries a spike.
      const carries = shine[from];
      context.globalAlpha = recording ? 0.1 + 0.6 * carries * carries : 0.22;
      context.strokeStyle = weight > 0 ? palette.excite : palette.inhibit;
      context.stroke();
      if (pulse !== null && carries > 0.6) drawPulse(x0, y0, x1, y1, bend, pulse);
    }
    context.globalAlpha = 1;
  }

  /**
   * @param {number} x0
   * @param {number} y0
   * @param {number} x1
   * @param {number} y1
   * @param {number} bend
   * @param {number} t how far a spike has gone
   */
  function drawPulse(x0, y0, x1, y1, bend, t) {
    const u = 1 - t;
    const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    context.globalAlpha = 0.9;
    context.fillStyle = palette.spike;
    context.beginPath();
    context.arc(
      a * x0 + b * (x0 + bend) + c * (x1 - bend) + d * x1,
      a * y0 + b * y0 + c * y1 + d * y1,
      1.75,
      0,
      2 * Math.PI,
    );
    context.fill();
  }

  /**
   * @param {number} layer
   * @param {number} from
   * @param {number} to
   * @returns {[x0: number, y0: number, x1: number, y1: number]}
   */
  function endsOf(layer, from, to) {
    if (layer === 1) return [geometry.inputRight, geometry.input(from)[1], ...geometry.hidden(to)];
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
    context.lineWidth = 1;
    for (let i = 0; i < shine.length; i++) {
      const [x, y] = place(i);
      // Paper under it, so that a neuron hides the connections it stands on.
      disc(x, y, radius, palette.paper);
      context.globalAlpha = 1 - shine[i];
      disc(x, y, radius, palette.rest);
      if (shine[i] > 0.02) {
        context.globalAlpha = shine[i];
        disc(x, y, radius, palette.spike);
        context.globalAlpha = 0.22 * shine[i] * shine[i];
        disc(x, y, radius * 1.7, palette.spike);
      }
      context.globalAlpha = 1;
    }
  }

  /** @param {Neuron} neuron the one that was picked */
  function drawRing({ layer, index }) {
    const [x, y] = layer === 1 ? geometry.hidden(index) : geometry.output(index);
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(x, y, layer === 1 ? geometry.pitch * 0.44 : geometry.row * 0.4, 0, 2 * Math.PI);
    context.stroke();
  }

  const under = (/** @type {MouseEvent} */ { offsetX, offsetY }) => neuronAt(geometry, offsetX, offsetY);
  canvas.addEventListener('click', (event) => {
    const neuron = under(event);
    if (neuron && network) pick(neuron);
  });
  canvas.addEventListener('mousemove', (event) => {
    const neuron = network && under(event);
    canvas.style.cursor = neuron ? 'pointer' : '';
    canvas.title = neuron ? `${neuron.layer === 1 ? 'Hidden' : 'Output'} ${neuron.index}: click to ask why` : '';
  });

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
    },

    draw(time) {
      context.clearRect(0, 0, surface.width, surface.height);
      for (const [layer, shine] of brightness.entries()) {
        if (recording) glow(recording.layers[layer], time, LEAD[layer], DECAY[layer], shine);
        else shine.fill(0);
      }
      drawConnections(1, time);
      drawConnections(2, time);
      drawInput();
      drawNeurons(1, geometry.pitch * 0.32);
      drawNeurons(2, geometry.row * 0.3);
      if (focus) drawRing(focus);
    },

    resize() {
      surface.fit();
      palette = readPalette();
      geometry = geometryOf(surface.width, surface.height, network);
    },
  };
}
