/** What the simulator takes and gives: drawings, settings, recordings. */

import type { Settings, Verdict } from '../pkg/spikepad.js';

export type { Settings, Verdict };
export type Reset = Settings['reset'];
export type Normalisation = Settings['normalisation'];
export type Encoding = Settings['encoding'];
export type Readout = Settings['readout'];

/**
 * [x, y] in canvas units: 280 x 280, y down; and how wide the pen was there, in sixteenths of its width, where it was
 * pressed otherwise than normally.
 */
export type Point = readonly [x: number, y: number] | readonly [x: number, y: number, width: number];

/** The path of one touch of the pen; a single point is a dot. */
export type Stroke = readonly Point[];

/** A stretch of ink over which the pen was equally wide. */
export interface Piece {
  readonly points: Stroke;
  /** In sixteenths of the pen's width. */
  readonly width: number;
}

/** What the pad gives to the network. */
export interface Sheet {
  /** The strokes as they are inked: see ink.js. */
  readonly pieces: readonly Piece[];
  /** 28 x 28 pixels of ink in the place of strokes, taken as they are. */
  readonly picture: Uint8Array | null;
  /** Canvas units. */
  readonly penWidth: number;
  /** How strokes are brought into 28 x 28: as MNIST was made, without cropping, or as they lie on the pad. */
  readonly framing: 'mnist' | 'centred' | 'drawn';
}

/** One layer's part of a recording. */
export interface LayerRecording {
  /** Neurons. */
  readonly size: number;
  /** steps + 1: the spikes of step n (1, 2, ..) are neurons[offsets[n - 1] .. offsets[n]]. */
  readonly offsets: Uint32Array;
  /** The neurons that fired, step after step, ascending within a step. */
  readonly neurons: Uint16Array;
  /** Membrane potentials after each step, [steps, size] row-major; empty for the input. */
  readonly membranes: Float32Array;
}

/** Everything that happened while one digit was presented. Never changed once made. */
export interface Recording {
  readonly steps: number;
  readonly settings: Readonly<Settings>;
  /** What the weights of each layer but the input are multiplied by, to be currents in the units of the threshold. */
  readonly gains: readonly number[];
  /** The 28 x 28 that the network saw, row-major, 0 paper, 255 full ink. */
  readonly digitInk: Uint8Array;
  /** One per layer of the network, the input first. */
  readonly layers: readonly LayerRecording[];
  /** Output spikes so far, after each step, [steps, classes] row-major. */
  readonly counts: Uint32Array;
  /** The class that leads after each step, [steps]; -1 where nothing speaks for any. */
  readonly winners: Int16Array;
  readonly verdict: Readonly<Verdict>;
  /** What the ANN with the same weights makes of the same 28 x 28. */
  readonly ann: { readonly digit: number; readonly probabilities: Float32Array };
}

/** What does not change from digit to digit. */
export interface Network {
  /** Neurons of each layer, the input first, the output last; two or more. */
  readonly sizes: readonly number[];
  /** The neuron of the first hidden layer that is shown at each place, down the columns of its grid. */
  readonly layout: Uint16Array;
  /** Weights of each layer but the input, [inputs, outputs] row-major. */
  readonly weights: readonly Float32Array[];
}

/** A neuron of any layer. */
export interface Neuron {
  /** 0 for the input, up to the number of layers - 1 for the output. */
  readonly layer: number;
  readonly index: number;
}
