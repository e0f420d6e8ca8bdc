/** The simulator's inputs and outputs: drawings, settings, recordings. */

import type { Network as PublicNetwork, Recording as PublicRecording, Settings, Stroke } from './public-types.js';

export type { Picture } from '../pkg/pictures.js';
export type { LayerRecording, Point, Settings, Stroke, Verdict } from './public-types.js';
/** The wasm that reads pictures. */
export type PicturesApi = typeof import('../pkg/pictures.js');
export type Reset = Settings['reset'];
export type Normalisation = Settings['normalisation'];
export type Encoding = Settings['encoding'];
export type Readout = Settings['readout'];

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

/** Everything that happened while one digit was presented, with what the page explains of it. */
export interface Recording extends PublicRecording {
  /** What is broken in the network: see state/damage-code.js. Null or absent for nothing. */
  readonly damage?: string | null;
  /** For each layer but the input: the factor that turns its weights into currents in units of the threshold. */
  readonly gains: readonly number[];
  /**
   * For each layer but the input: the current of each neuron in every step, in the units of `settings.threshold`, [neurons];
   * empty for a layer without biases.
   */
  readonly currents: readonly Float32Array[];
  /** How many times as large as on the pad the network saw the drawing; absent where it is no drawing, or was not cropped. */
  readonly enlargement?: number;
  /** How many numbers of the picture and of each hidden layer of the ANN are not 0. */
  readonly active: Uint32Array;
}

/** A recording whose hidden potentials are still in the simulator's memory. */
export interface OwnedRecording extends Recording {
  /** Gives the simulator its memory back: the potentials of hidden layers that were not read are then lost. */
  free(): void;
}

/** The network, and how its neurons are shown. */
export interface Network extends PublicNetwork {
  /** The neuron of the first hidden layer that is shown at each place, down the columns of its grid. */
  readonly layout: Uint16Array;
  /** What is broken in it: see state/damage-code.js. */
  readonly damage?: string | null;
}

/** A neuron of any layer. */
export interface Neuron {
  /** 0 for the input, up to the number of layers - 1 for the output; that of a link: see state/neuron-code.js. */
  readonly layer: number;
  readonly index: number;
}
