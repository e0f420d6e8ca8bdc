/** What a page and its workers send to each other. */

/** The simulator and a network, in a form that another thread can use. */
export interface Parts {
  /** Address of the simulator's JavaScript module. */
  readonly glue: string;
  readonly wasm: WebAssembly.Module;
  /** The network, as a safetensors file. */
  readonly weights: Uint8Array;
  /** What is broken in the network: see state/damage-code.js. */
  readonly damage?: string | null;
}

/** Labelled images of one size. */
export interface Images {
  /** [images, pixels] row-major, 0 paper, 255 full ink. */
  readonly ink: Uint8Array<ArrayBuffer>;
  /** [images], the class of each. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** [images], the index of each in its set, if they are in another order. */
  readonly indices?: Uint32Array<ArrayBuffer>;
}

/** What the page sends: first the simulator, then one task after another. The images are transferred, not copied. */
export type Command<Task> = { kind: 'load'; parts: Parts } | { kind: 'task'; task: Task; images: Images };

/**
 * What a worker answers: `ready` once, after it has loaded; then `done` or `refused` for each task. After `crashed` it
 * does no more tasks.
 */
export type Report<Result> =
  | { kind: 'ready' }
  | { kind: 'done'; result: Result }
  | { kind: 'refused' | 'crashed'; reason: string };
