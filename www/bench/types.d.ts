/** What the modules of the bench hand to each other. */

import type { Counts, Settings } from '../pkg/spikepad.js';

export type { Settings };

/** Images that a worker presents in one go. */
export interface Task {
  /** Index of the first in its set. */
  readonly first: number;
  readonly images: number;
  readonly settings: Settings;
}

export type Result = Counts & {
  /** Milliseconds that the worker was at it. */
  readonly busy: number;
};
