/** Networks that the user opens: what the importer says of them, and what is kept. */

/** A layer as its file has it. */
export interface ReportLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: string;
  readonly bias: boolean;
}

/** A way to scale the input, and how many of the calibration digits the ANN then reads. */
export interface Scaling {
  /** Its name for the importer and in links. */
  readonly name: string;
  /** What it is, for people. */
  readonly text: string;
  /** Share of the calibration digits, 0 to 1; null where they have no labels of the network's classes. */
  readonly accuracy: number | null;
}

/** What the importer says of a network. */
export interface Report {
  readonly format: string;
  /** The program that wrote the file, if the file tells. */
  readonly writer: string | null;
  readonly input: { readonly shape: readonly number[]; readonly scaling: string };
  readonly layers: readonly ReportLayer[];
  /** A sentence for each assumption. */
  readonly assumptions: readonly string[];
  /** A sentence for each thing that may be wrong. */
  readonly warnings: readonly string[];
  readonly scalings: readonly Scaling[];
  /** Shares of the calibration digits that are read; null where they have no labels of the network's classes. */
  readonly accuracy: { readonly digits: number; readonly ann: number; readonly snn: number } | null;
}

/** What the user chose in place of what the importer assumed. */
export interface Choices {
  readonly scaling?: string;
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
}

/** A network with all that is kept of it. */
export interface OpenedNetwork extends NetworkEntry {
  /** The bytes of the network as the simulator reads it. */
  readonly safetensors: Uint8Array;
  /** The files, from which it is read again when a choice changes. */
  readonly files: readonly NamedBytes[];
}

/** Addresses of what reads networks, which are loaded when the first file is opened. */
export interface ImporterUrls {
  readonly glue: URL;
  readonly wasm: URL;
  /** The labelled digits on which a network is tried. */
  readonly digits: URL;
}

/** What the page asks of the worker that reads networks. */
export interface ReadCommand {
  readonly files: readonly NamedBytes[];
  readonly choices: Choices;
  readonly urls: { readonly [Name in keyof ImporterUrls]: string };
}

/** What the worker answers. */
export type ReadAnswer =
  | { readonly digest: string; readonly report: Report; readonly safetensors: Uint8Array }
  | { readonly error: string };
