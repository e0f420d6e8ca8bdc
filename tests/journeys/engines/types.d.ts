// What a journey needs of a browser, and an adapter has to give.

/** In CSS pixels of the window. */
export type Place = readonly [x: number, y: number];

export interface Circumstances {
  width: number;
  height: number;
  /** Has the system been told to keep still? */
  reducedMotion: boolean;
}

/** A page in a browser that knows nothing yet: no storage, no cache, no worker. */
export interface Tab {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page; it and what goes in and out of it has to survive being written down. */
  evaluate<A extends unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** The pointer goes down at the first place, along the others, and up at the last. */
  stroke(path: readonly Place[]): Promise<void>;
  hover(place: Place): Promise<void>;
  /** A key by its name in the DOM, after modifiers: `a`, `?`, `ArrowLeft`, `Shift+Tab`. */
  press(key: string): Promise<void>;
  /** Types what has keys of its own on any keyboard. */
  type(text: string): Promise<void>;
  /** PNG. */
  screenshot(): Promise<Uint8Array>;
  /** Errors that the page logged or threw so far, as the browser words them. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

export interface Engine {
  name: string;
  /** What has to be there, and is not: a sentence for people; null where nothing is missing. */
  missing: string | null;
  open(circumstances: Circumstances): Promise<Tab>;
  /** Ends whatever was started. */
  close(): Promise<void>;
}
