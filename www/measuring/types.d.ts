/** Types that several modules which measure use. */

import type { Counts, Settings } from '../pkg/laboratory.js';

export type { Settings };

/** What the worker presents: some images, once with each of the settings. It answers with a result for each of them. */
export interface SettingsTask {
  readonly plans: readonly Settings[];
  /** Index of the first image in its set. */
  readonly first: number;
}

/** What was counted with some settings. */
export type SettingsResult = Counts & {
  /** Milliseconds that one core needed. */
  readonly busy: number;
};
