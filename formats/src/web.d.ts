/** A file: its name, which errors show and other files may refer to, and its content, which tells the format. */
export interface NetworkFile {
  name: string;
  bytes: Uint8Array;
}

/** What the reader decides, and the digits on which the rest is tried. */
export interface NetworkChoices {
  /** The file `calibration-digits.gz`. Without it the most usual input scaling is taken. */
  digits?: Uint8Array;
  /** One of the names in `report.input.candidates`. */
  scaling?: string;
  /** The activation of hidden layers whose activation the file does not hold. */
  activation?: string;
  /** A factor on the biases of all layers. */
  biasScale?: number;
  /** Layers, counted from 1, whose weights are in the order of the transposed matrix; with a minus, the opposite mistake. */
  transposedLayers?: number[];
  /** Neurons that stand for each hidden neuron of another activation than ReLU: their rates add up to it. */
  activationPieces?: number;
  /** Whether to choose the conversion anew, also for a file of Spikepad's own that holds one. */
  calibrate?: boolean;
}

/** A layer as stored: before anything is folded into it. */
export interface LayerReport {
  name: string;
  inputs: number;
  outputs: number;
  activation: string;
  bias: boolean;
  /** The type of the weights in the file, in words. */
  stored: string;
  /** SHA-256 of the weights as little-endian float32, row-major [inputs, outputs]. */
  weights_sha256: string;
  bias_sha256: string | null;
}

/** What was read, and what was assumed: what `spikepad inspect --json` prints. */
export interface NetworkReport {
  format: string;
  writer: string | null;
  input: {
    /** Rows and columns. */
    shape: [number, number];
    /** What the network takes for paper and ink, such as "0..255". */
    scaling: string;
    /** The share of the calibration digits that the ANN reads right. */
    accuracy: number | null;
    /** All ways that were tried, the best one first. */
    candidates: { scaling: string; accuracy: number }[];
  };
  layers: LayerReport[];
  /** The activation of hidden layers whose activation the file does not hold, and the usual ones; absent if it holds all. */
  hidden_activation?: { activation: string; usual: string[] };
  /** How frameworks read the spiking neurons of a NIR file; absent for other files. */
  neurons?: {
    /** The framework that wrote the file; null if the file does not tell. */
    written_by: string | null;
    /** How they are to be read, as `spikepad trace --as` takes it, and in a sentence that says why. */
    read_as: string;
    sentence: string;
    readings: {
      read_as: string;
      framework: string;
      /** Why the framework refuses the file; null if it reads it. */
      refused: string | null;
      notes: string[];
      /** One step of the neurons of each layer. */
      layers: { name: string; neurons: number; made: string; rule: string; dt: number | null }[];
    }[];
  };
  /** Sentences. */
  assumptions: string[];
}

/** A network that was read. */
export interface OpenedNetwork {
  report: NetworkReport;
  /** The network as a file of Spikepad's own, for `new Model(..)`. */
  safetensors: Uint8Array;
}
