import type { Network, Recording, Settings, Stroke } from './types.js';

export type { LayerRecording, Network, Point, Recording, Settings, Stroke, Verdict } from './types.js';

/** A recording in the memory of the simulator. */
export interface OwnedRecording extends Recording {
  /** Gives the simulator its memory back. The potentials of hidden neurons that were not read are then lost. */
  free(): void;
}

/** How the pad takes ink. */
export interface Pen {
  /** The width of the pen, in units of the pad, which spans 280 x 280; 20 if absent. */
  readonly penWidth?: number;
  /** Crop and centre the drawing as MNIST's digits were (`mnist`, if absent), only centre it, or leave it as it is drawn. */
  readonly framing?: 'mnist' | 'centred' | 'drawn';
}

export interface Simulator {
  readonly network: Network;
  /** The settings that suit the network. */
  readonly defaults: Readonly<Settings>;
  /**
   * Presents a digit to the network.
   * @param ink strokes, or 28 x 28 pixels, row-major, 0 paper, 255 full ink
   * @param settings those that differ from `defaults`
   * @returns null where there is no ink
   * @throws {Error} the settings contradict each other
   */
  present(ink: readonly Stroke[] | Uint8Array, settings?: Partial<Settings>, pen?: Pen): OwnedRecording | null;
  /**
   * Presents what a link of the page shows: the same spikes, bit for bit.
   * @param link what "Copy link" copies, or what stands behind its #
   * @throws {Error} part of the link cannot be read, or it is of another network, or of one with other damage
   */
  presentLink(link: string): OwnedRecording | null;
}

export interface Options {
  /** A network as `readNetwork` or `spikepad convert` gives it; the network that ships if absent. */
  readonly network?: Uint8Array;
  /** What is broken in the network, as in links: `silence:0.3,noise:0.5,bits:2,drop:0.1,seed:7`. */
  readonly damage?: string;
}

/** Loads the simulator; further calls share its code. */
export declare function loadSimulator(options?: Options): Promise<Simulator>;

/** A file of a network. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a network of another program: Keras, PyTorch, ONNX, NIR, safetensors, NumPy or TensorFlow.js.
 * @param files the files of one network
 * @returns the network for `loadSimulator`, and what was read and assumed
 * @throws {Error} a sentence that says what the file lacks
 */
export declare function readNetwork(files: readonly NamedBytes[]): Promise<{
  network: Uint8Array;
  report: { format: string; assumptions: readonly string[] } & Record<string, unknown>;
}>;
