/** What the npm package publishes of the simulator's inputs and outputs; types.d.ts has what only the page knows. */

import type { Settings, Verdict } from '../pkg/spikepad.js';

export type { Settings, Verdict };

/**
 * [x, y] in canvas units, y down; the pad spans 280 x 280. A third number is the pen's width there, in sixteenths of the
 * width that is set; without it, the width is normal.
 */
export type Point = readonly [x: number, y: number] | readonly [x: number, y: number, width: number];

/** The path of the pen from where it touches down to where it lifts; a single point is a dot. */
export type Stroke = readonly Point[];

/** One layer of a recording. */
export interface LayerRecording {
  /** Neurons. */
  readonly size: number;
  /** [steps + 1]: the spikes of step n (1, 2, ..) are neurons[offsets[n - 1] .. offsets[n]]. */
  readonly offsets: Uint32Array;
  /** The neurons that fired, step after step, ascending within a step. */
  readonly neurons: Uint16Array;
  /** Membrane potentials after each step, [steps, size] row-major; empty for the input. */
  readonly membranes: Float32Array;
}

/** Everything that happened while one digit was presented. It never changes. */
export interface Recording {
  readonly steps: number;
  readonly settings: Readonly<Settings>;
  /** The picture that the network saw: a square, row-major, 0 paper, 255 full ink. */
  readonly digitInk: Uint8Array;
  /** One per layer of the network, the input first. */
  readonly layers: readonly LayerRecording[];
  /** Output spikes so far, after each step, [steps, classes] row-major. */
  readonly counts: Uint32Array;
  /** The class that leads after each step, [steps]; -1 if no class has any evidence. */
  readonly winners: Int16Array;
  readonly verdict: Readonly<Verdict>;
  /** What the network without spikes (the ANN with the same weights) answers to the same picture. */
  readonly ann: { readonly digit: number; readonly probabilities: Float32Array };
}

/** The network: it does not change from digit to digit. */
export interface Network {
  /** Neurons of each layer, the input first, the output last; two or more. */
  readonly sizes: readonly number[];
  /** For each layer but the input: [inputs, outputs] row-major. */
  readonly weights: readonly Float32Array[];
}
