/** Networks that the user opens: what the importer says of them, and what is kept. */

import type { ModelChanges } from '../pkg/laboratory.js';
import type { Settings } from '../simulator/types.js';
import type { Parts } from '../simulator/worker-types.js';

/** A layer as its file has it. */
export interface ReportLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: string;
  readonly bias: boolean;
}

/** A way to scale the input that was tried. */
export interface Candidate {
  /** Its name for the importer, for people and in links. */
  readonly scaling: string;
  /** Share of the calibration digits that the ANN then reads, 0 to 1. */
  readonly accuracy: number;
}

/** What the importer says of a network: `Report` of formats/src/report.rs. */
export interface Report {
  readonly format: string;
  /** The program that wrote the file, if the file tells. */
  readonly writer: string | null;
  readonly input: {
    /** Rows and columns of the picture. */
    readonly shape: readonly number[];
    readonly scaling: string;
    /** Share of the calibration digits that the ANN reads; null where their classes are not the network's. */
    readonly accuracy: number | null;
    /** All that were tried; empty where the file says the scaling. */
    readonly candidates: readonly Candidate[];
  };
  readonly layers: readonly ReportLayer[];
  /** The activation that was taken for hidden layers of which the file tells none; undefined if it tells all. */
  readonly hidden_activation?: { readonly activation: string; readonly usual: readonly string[] };
  /** How frameworks read the spiking neurons of a NIR file; undefined for other files. */
  readonly neurons?: NeuronsReport;
  /** A sentence for each assumption, and for each thing that spikes cannot express. */
  readonly assumptions: readonly string[];
}

/** The spiking neurons of a NIR file: `NeuronsReport` of formats/src/neurons.rs. */
export interface NeuronsReport {
  /** The framework that wrote the file, as `spikepad trace --as` takes it; null if the file does not tell. */
  readonly written_by: string | null;
  /** How they are to be read, as `spikepad trace --as` takes it. */
  readonly read_as: string;
  /** The same in a sentence that says why. */
  readonly sentence: string;
  /** How each framework reads them. */
  readonly readings: readonly NeuronReading[];
}

/** How a framework reads the neurons of a file. */
export interface NeuronReading {
  readonly read_as: string;
  /** Its name and version. */
  readonly framework: string;
  /** Why it refuses the file; null if it reads it. */
  readonly refused: string | null;
  /** What it leaves out, in sentences. */
  readonly notes: readonly string[];
  readonly layers: readonly NeuronLayer[];
}

/** A layer of neurons as a framework reads it: one step of them. */
export interface NeuronLayer {
  readonly name: string;
  readonly neurons: number;
  /** The neurons, as users of the framework write them. */
  readonly made: string;
  readonly rule: string;
  /** Time step, s; null where the framework counts in steps. */
  readonly dt: number | null;
  readonly kept: Spread;
  readonly gain: Spread;
  readonly threshold: Spread;
  readonly fires_at_threshold: boolean;
  readonly many_spikes: boolean;
  /** What a spike does to the potential. */
  readonly reset: string;
  /** Parameters of the file that the framework does not use. */
  readonly unused: readonly string[];
}

/** The least and the largest number of some neurons; null where there is none. */
export interface Spread {
  readonly least: number | null;
  readonly most: number | null;
}

/** How many of the calibration digits the spiking network reads, and what the doctor says. */
export interface Measured {
  /** All of them. */
  readonly of: number;
  /** Those that were presented. */
  readonly images: number;
  readonly right: number;
  readonly steps: number;
  /** What is wrong and what to change, in one sentence. */
  readonly advice: string;
  /** Settings to change; undefined ones get the network's default. Null where none changes. */
  readonly settings: Partial<Settings> | null;
  /** What to change in the way in which the files are read; null where nothing does. */
  readonly changes: ModelChanges | null;
}

/** What the user chose in place of what the importer assumed. */
export interface Choices extends Omit<ModelChanges, 'inputScaling'> {
  readonly scaling?: string;
  /** The activation of hidden layers of which the file tells none. */
  readonly activation?: string;
}

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the list of networks shows. */
export interface NetworkEntry {
  /** SHA-256 of its file, hexadecimal; of several files, of all their bytes in the order of their names. */
  readonly digest: string;
  readonly name: string;
  readonly choices: Choices;
  readonly report: Report;
  /** Undefined until it is measured; null if it cannot be. */
  readonly measured?: Measured | null;
}

/** A network with all that is kept of it. */
export interface OpenedNetwork extends NetworkEntry {
  /** The bytes of the network as the simulator reads it. */
  readonly safetensors: Uint8Array;
  /** The files, from which it is read again when a choice changes. */
  readonly files: readonly NamedBytes[];
}

/** What reads networks, loaded when a file is first looked for. */
export interface Importer {
  readonly glue: URL;
  readonly wasm: URL;
  /** The labelled digits on which a network is tried. */
  readonly digits: URL;
  /** The simulator for networks of any size, with which the spiking network is measured. */
  loadSimulator(): Promise<SimulatorParts>;
}

/** A simulator in a form that another thread can use. */
export type SimulatorParts = Pick<Parts, 'glue' | 'wasm'>;

/** Where a worker finds what reads networks, and the labelled digits. */
export interface ReaderUrls {
  readonly glue: string;
  readonly wasm: string;
  readonly digits: string;
}

/** The files of one network, and how they are read. */
export interface ReadFiles {
  readonly files: readonly NamedBytes[];
  readonly choices: Choices;
}

/** What the page sends to the worker that reads a network: what reads, the simulator or null for none, and once the files. */
export type ReadCommand = ReaderUrls | { readonly simulator: SimulatorParts | null } | ReadFiles;

/** What the worker answers: the network or an error, and after a network how well it reads. */
export type ReadAnswer =
  | { readonly kind: 'network'; readonly digest: string; readonly report: Report; readonly safetensors: Uint8Array }
  | { readonly kind: 'measured'; readonly measured: Measured | null }
  | { readonly kind: 'error'; readonly error: string };
