/** Why a network loses accuracy as spikes. */
export type DoctorCause =
  | 'none'
  | 'drive_too_weak'
  | 'saturated'
  | 'leak'
  | 'input_scaling'
  | 'transposed'
  | 'bias_scale'
  | 'refractory'
  | 'too_few_steps'
  | 'readout'
  | 'state_not_reset'
  | 'activation';

/** What `examine` takes besides digits and settings. */
export interface DoctorOptions {
  /** Whether changes are tried. Otherwise the network is only measured, and no cause is named. True if it is left out. */
  mends?: boolean;
  /** Whether neurons keep their state from digit to digit. False if it is left out. */
  keepsState?: boolean;
  /**
   * Whether the input scaling of the network was found by trial when its file was opened, and not chosen. A trial makes up for some
   * faults; the network is then examined as if it was read in the usual way. False if it is left out.
   */
  scalingFound?: boolean;
}

/** What `examineDialect` takes besides digits and the dialect. */
export interface DoctorDialectOptions {
  /** Parameters of the dialect in place of its own; null lets the framework derive a number itself. */
  overrides?: Record<string, number | string | boolean | null>;
  /** How the class is read; as users of the framework read it if it is left out. */
  readout?: Rule | null;
  /** Steps of a presentation; 350 if it is left out. */
  steps?: number;
  /** Seed of the input spikes; 1 if it is left out. */
  seed?: number;
  /** Whether changes are tried. True if it is left out. */
  mends?: boolean;
}

/** Accuracy after a number of steps. */
export interface DoctorOutcome {
  /** The share of the digits that the spiking network reads correctly. */
  accuracy: number;
  steps: number;
}

/** Flags of `spikepad evaluate` without their hyphens, and their values. */
export type DoctorFlags = Record<string, boolean | number | string | string[]>;

/** How the spikes of a layer follow the ANN. A point is one presentation of one neuron. */
export interface DoctorLayer {
  name: string;
  neurons: number;
  /** Pearson's correlation of activation and rate over all points; 0 where either does not vary. */
  r: number;
  /** The slope of the line of rate over activation: 1 where neurons fire as often as their weights say. */
  slope: number;
  /** The share of points at which a neuron fires in at least 95 % of the steps in which it may. */
  saturated: number;
  /** The share of points without a spike. */
  silent: number;
  /** The share of neurons that fire for no digit. */
  dead: number;
  /** Spikes per digit. */
  spikes: number;
  /** Synaptic operations per digit in the synapses that lead to this layer. */
  synops: number;
  /** At most 400 points: the activation, in spikes per step, and the rate. */
  points: [number, number][];
}

/** What to change in the way in which a network's file is read; what is left out does not change. */
export interface ModelChanges {
  /** What the network takes for paper and ink, by its name, such as "0..255, inverted". */
  inputScaling?: string;
  /** A factor on the biases of all layers. */
  biasScale?: number;
  /** Layers, counted from 1, whose weights are in the order of the transposed matrix; with a minus, the opposite mistake. */
  transposedLayers?: number[];
  /** Neurons that stand for each hidden neuron of another activation. */
  activationPieces?: number;
  /** The factors on the weights of the layers, in place of those of the conversion. */
  gains?: number[];
  /** Whether to choose the conversion on the digits anew. */
  calibrate?: boolean;
}

/** The result of an examination: `spikepad doctor --json` prints the same. */
export interface DoctorReport {
  /** The share of the digits that the ANN reads correctly. */
  ann_accuracy: number;
  cause: DoctorCause;
  /** What is wrong and what to change, in one sentence. */
  advice: string;
  /** What to change, as flags of the command line; empty where nothing is to be changed. */
  settings: DoctorFlags;
  before: DoctorOutcome;
  /** The same as `before` where nothing is to be changed. */
  after: DoctorOutcome;
  layers: DoctorLayer[];
  /** Digits that were presented. */
  images: number;
  /** The index of the first layer whose spikes depart from the ANN, from 0; null where all follow it. */
  departs: number | null;
  /** Accuracy after each of some numbers of steps, ascending. */
  curve: DoctorOutcome[];
  /** The same with the changes; empty where nothing is to be changed. */
  curve_after: DoctorOutcome[];
  /** The changes that were tried, each alone. */
  tried: { cause: DoctorCause; settings: DoctorFlags; accuracy: number }[];
  /** The changes in the form that the page applies. */
  apply: {
    /** All settings with the changes; null where none changes. */
    settings: Settings | null;
    /** What changes in the network; null where nothing does. */
    network: ModelChanges | null;
    /** Whether neurons keep their state from digit to digit then. */
    keeps_state: boolean;
    /** Parameters of the dialect to change, by the framework's names. */
    parameters: DoctorFlags;
    /** The readout of the dialect, where it changes. */
    readout: string | null;
  };
}

/** How well a network reads as another tool would convert it: `spikepad doctor --recipes --json` prints the same. */
export interface RecipeReport {
  name: string;
  /** The tool and its version. */
  tool: string;
  /** How users of the tool write it. */
  code: string;
  /** Where it is described. */
  source: string;
  /** What it does, in a sentence. */
  text: string;
  /** The numbers of steps after which the class is read. */
  steps: number[];
  /** Accuracy after each of them. */
  accuracy: number[];
  /** The settings of Spikepad's own neurons that come nearest to it; null where none do. */
  settings: Settings | null;
}
