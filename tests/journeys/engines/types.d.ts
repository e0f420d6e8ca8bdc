/** What a journey needs from a browser. Each adapter provides it. */

import type { Tab } from '../../browser/types.js';

export interface Environment {
  /** Size of the window, CSS pixels. */
  width: number;
  height: number;
  /** Does the system ask for reduced motion? */
  reducedMotion: boolean;
}

/** A page in a browser without storage, cache or service worker. */
export interface BrowserTab extends Tab {
  /** A PNG. */
  screenshot(): Promise<Uint8Array>;
  /** Errors that the page logged or threw so far, in the browser's words. */
  errors(): readonly string[];
  close(): Promise<void>;
}

/** Opens pages, one at a time. */
export interface Engine {
  name: string;
  /** A sentence that names what is not installed; null if nothing is missing. */
  missing: string | null;
  open(environment: Environment): Promise<BrowserTab>;
  /** Ends every process that was started. */
  close(): Promise<void>;
}
