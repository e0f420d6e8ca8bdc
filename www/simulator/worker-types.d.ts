/** What a crew and its workers hand to each other. */

/** What a simulator is made of, for another thread. */
export interface Parts {
  /** The address of its JavaScript side. */
  readonly glue: string;
  readonly wasm: WebAssembly.Module;
  /** Of the network, a safetensors file. */
  readonly weights: Uint8Array;
}

/** Images to present, which go over to the worker. */
export interface Images {
  /** images x 784, row-major, 0 paper, 255 full ink. */
  readonly ink: Uint8Array<ArrayBuffer>;
  /** One an image. */
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** What a worker is told: first what to load, then one task after another. */
export type Order<Task> = { kind: 'load'; parts: Parts } | { kind: 'task'; task: Task; images: Images };

/** What a worker reports: that it is ready; what its task gave; that it cannot be done; that it is of no more use. */
export type Report<Result> =
  | { kind: 'ready' }
  | { kind: 'done'; result: Result }
  | { kind: 'refused' | 'crashed'; reason: string };
