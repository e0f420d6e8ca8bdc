// The wires of the stage: which connections are shown between neighbouring layers, and how they are drawn.

/** @import { Network, Neuron, Recording } from '../simulator/types.js' */
/** @import { Surface } from '../ui/canvas-surface.js' */
/** @import { Connection } from './connections.js' */
/** @import { Geometry } from './geometry.js' */
/** @import { Ends } from './wires.js' */

import { connectionsOf, strongest } from './connections.js';
import { drawMovingSpike, drawWire, wireWidth } from './wires.js';

/** Connections of each sign that are shown into a layer and into one neuron of it; fewer in a network of many layers. */
const SHOWN = { hidden: { most: 32, perNeuron: 1 }, output: { most: 24, perNeuron: 4 } };

/** Connections of each sign that are shown into or out of the neuron that the pointer is over. */
const OF_POINTED = { hidden: 14, output: 12 };

/**
 * Wires are shown at rest where they can be read: this far from one layer to the next, CSS pixels, and between layers whose
 * every neuron has its own place. Their choice reads every weight, so there are none where there are more weights than this.
 */
const READABLE = { gap: 12, weights: 4e6 };

/** A wire shows a moving spike if the neuron that it starts at is brighter than this. */
const SPIKING = 0.6;

/** @param {Surface} surface */
export function createStageWires(surface) {
  /** @type {Network | null} */
  let network = null;
  /** @type {Recording | null} */
  let recording = null;
  /** Into each layer, from 1; chosen when they are first drawn. @type {(Connection[] | undefined)[]} */
  let shown = [];
  /** @type {Connection[][]} */
  let ofPointed = [];
  /** @type {Neuron | null} */
  let pointed = null;

  /**
   * @param {Geometry} geometry
   * @param {number} layer
   * @param {Connection} connection
   * @returns {Ends}
   */
  function endsOf({ columns }, layer, { from, to }) {
    const [before, after] = [columns[layer - 1], columns[layer]];
    // Wires start at the edge of the input picture, so that it stays readable; those of a pointed pixel start at the pixel.
    const x0 = layer > 1 || pointed?.layer === 0 ? before.x[from] : before.left + before.width;
    const x1 = after.x[to] - (layer === columns.length - 1 ? after.unit * 0.34 : 0);
    return [x0, before.y[from], x1, after.y[to]];
  }

  /**
   * @param {Geometry} geometry
   * @param {number} layer
   */
  function isReadable({ sizes, columns }, layer) {
    const [before, after] = [columns[layer - 1], columns[layer]];
    const gap = after.left - before.left - before.width;
    const own = before.perCell === 1 && after.perCell === 1;
    return own && gap >= READABLE.gap && sizes[layer - 1] * sizes[layer] <= READABLE.weights;
  }

  /** The strongest connections into a layer. @param {number} layer */
  function choose(layer) {
    if (!network) return [];
    const last = network.sizes.length - 1;
    const { most, perNeuron } = layer === last ? SHOWN.output : SHOWN.hidden;
    return strongest(network, recording, layer, Math.ceil(most * Math.min(1, 2 / last)), perNeuron);
  }

  return {
    isReadable,

    /**
     * @param {Network | null} net
     * @param {Recording | null} run
     */
    show(net, run) {
      network = net;
      recording = run;
      shown = [];
    },

    /** @param {Neuron | null} neuron of the network that is shown */
    point(neuron) {
      pointed = network && neuron;
      ofPointed = [];
      if (!network || !neuron) return;
      const last = network.sizes.length - 1;
      for (const into of [neuron.layer, neuron.layer + 1]) {
        if (into < 1 || into > last) continue;
        ofPointed[into] = connectionsOf(network, neuron, into, into === last ? OF_POINTED.output : OF_POINTED.hidden);
      }
    },

    /**
     * Draws the wires into a layer. While a neuron is pointed at, only its wires are drawn.
     * @param {Geometry} geometry
     * @param {number} layer from 1
     * @param {Float32Array | null} brightness of the layer before it; null at rest
     * @param {number | null} progress of the spikes on their way to this layer, 0 to 1; null if there are none
     */
    draw(geometry, layer, brightness, progress) {
      const { context, palette, height } = surface;
      const width = wireWidth(height);
      if (pointed) {
        const wires = ofPointed[layer] ?? [];
        const most = wires.reduce((high, { weight }) => Math.max(high, Math.abs(weight)), 1e-12);
        for (const wire of wires) {
          const opacity = 0.12 + (0.78 * Math.abs(wire.weight)) / most;
          drawWire(context, palette, endsOf(geometry, layer, wire), wire.weight, opacity, width);
        }
        return;
      }
      if (!isReadable(geometry, layer)) return;
      shown[layer] ??= choose(layer);
      for (const wire of shown[layer]) {
        const ends = endsOf(geometry, layer, wire);
        const carried = brightness ? brightness[wire.from] : 0;
        // A wire always shows its sign, and is clearer while it carries a spike.
        drawWire(context, palette, ends, wire.weight, brightness ? 0.1 + 0.6 * carried * carried : 0.22, width);
        if (progress !== null && carried > SPIKING) drawMovingSpike(context, palette, ends, progress, width);
      }
    },
  };
}
