/** The simulator's inputs and outputs: drawings, settings, recordings. */

import type { Settings, Verdict } from '../pkg/spikepad.js';

export type { Picture } from '../pkg/pictures.js';
export type { Settings, Verdict };
/** The wasm that reads pictures. */
export type PicturesApi = typeof import('../pkg/pictures.js');
export type Reset = Settings['reset'];
export type Normalisation = Settings['normalisation'];
export type Encoding = Settings['encoding'];
export type Readout = Settings['readout'];

/**
 * [x, y] in canvas units, y down; the pad spans 280 x 280. A third number is the pen's width there, in sixteenths of the
 * width that is set; without it, the width is normal.
 */
export type Point = readonly [x: number, y: number] | readonly [x: number, y: number, width: number];

/** The path of the pen from where it touches down to where it lifts; a single point is a dot. */
export type Stroke = readonly Point[];

/** A part of a stroke over which the pen has one width. */
export interface Piece {
  readonly points: Stroke;
  /** Sixteenths of the pen's width. */
  readonly width: number;
}

/** What the pad gives to the network. */
export interface Sheet {
  /** The ink of the strokes: see ink.js. */
  readonly pieces: readonly Piece[];
  /** A picture that replaces the strokes and is taken unchanged: 28 x 28 pixels, row-major, 0 paper, 255 full ink. */
  readonly picture: Uint8Array | null;
  /** Canvas units. */
  readonly penWidth: number;
  /** How strokes become a picture: cropped and centred as MNIST was made, centred only, or as they lie on the pad. */
  readonly framing: 'mnist' | 'centred' | 'drawn';
}

/**
 * Where a file comes from: an address, or what brings it. `load` gives the bytes of a file, or the exports of a module; `toString`
 * gives a name that no other file has.
 */
export type Source = URL | { load(): Promise<unknown>; toString(): string };

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
  /** What is broken in the network: see state/damage-code.js. Null or absent for nothing. */
  readonly damage?: string | null;
  /** For each layer but the input: the factor that turns its weights into currents in units of the threshold. */
  readonly gains: readonly number[];
  /**
   * For each layer but the input: the current of each neuron in every step, in the units of `settings.threshold`, [neurons];
   * empty for a layer without biases.
   */
  readonly currents: readonly Float32Array[];
  /** The picture that the network saw: a square, row-major, 0 paper, 255 full ink. */
  readonly digitInk: Uint8Array;
  /** How many times as large as on the pad the network saw the drawing; absent where it is no drawing, or was not cropped. */
  readonly enlargement?: number;
  /** One per layer of the network, the input first. */
  readonly layers: readonly LayerRecording[];
  /** Output spikes so far, after each step, [steps, classes] row-major. */
  readonly counts: Uint32Array;
  /** The class that leads after each step, [steps]; -1 if no class has any evidence. */
  readonly winners: Int16Array;
  readonly verdict: Readonly<Verdict>;
  /** How many numbers of the picture and of each hidden layer of the ANN are not 0. */
  readonly active: Uint32Array;
  /** What the ANN with the same weights answers to the same picture. */
  readonly ann: { readonly digit: number; readonly probabilities: Float32Array };
}

/** A recording whose hidden potentials are still in the simulator's memory. */
export interface OwnedRecording extends Recording {
  /** Gives the simulator its memory back: the potentials of hidden layers that were not read are then lost. */
  free(): void;
}

/** The network: it does not change from digit to digit. */
export interface Network {
  /** Neurons of each layer, the input first, the output last; two or more. */
  readonly sizes: readonly number[];
  /** The neuron of the first hidden layer that is shown at each place, down the columns of its grid. */
  readonly layout: Uint16Array;
  /** For each layer but the input: [inputs, outputs] row-major. */
  readonly weights: readonly Float32Array[];
  /** What is broken in it: see state/damage-code.js. */
  readonly damage?: string | null;
}

/** A neuron of any layer. */
export interface Neuron {
  /** 0 for the input, up to the number of layers - 1 for the output; that of a link: see state/neuron-code.js. */
  readonly layer: number;
  readonly index: number;
}
