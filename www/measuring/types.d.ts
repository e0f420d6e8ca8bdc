/** Types that several modules which measure use. */

import type { Counts, Settings } from '../pkg/laboratory.js';

export type { Settings };

/** What was counted with some settings. */
export type SettingsResult = Counts & {
  /** Milliseconds that one core needed. */
  readonly busy: number;
};
