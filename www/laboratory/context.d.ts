/** What the entry passes to the sections of the laboratory that measure. */

import type { Measurements } from './measurements.js';
import type { Dialect } from './types.js';

export interface Laboratory {
  readonly dialects: readonly Dialect[];
  /** Neurons of each layer, the input first. */
  readonly sizes: readonly number[];
  readonly measurements: Measurements;
  /** How many images are to be measured, as the reader has chosen. */
  images(): number;
  /** Does work that measures, and shows its errors to the reader. */
  run(work: () => Promise<unknown>): void;
}
