/** What the entry passes to the sections of the laboratory that measure. */

import type { Measurements as OfPlans } from '../../measuring/measurements.js';
import type { AdviceSource } from './advice.js';
import type { Scripts } from './scripts.js';
import type { Dialect, Plan, Result } from './types.js';

export type Measurements = OfPlans<Plan, Result>;

export interface Laboratory {
  readonly dialects: readonly Dialect[];
  /** Neurons of each layer, the input first. */
  readonly sizes: readonly number[];
  readonly measurements: Measurements;
  /** What the doctor says of each dialect. */
  readonly advice: AdviceSource;
  /** Shows the scripts for the real frameworks. */
  readonly scripts: Scripts;
  /** How many images are to be measured, as the reader has chosen. */
  images(): number;
  /** Does work that measures, and shows its errors to the reader. */
  run(work: () => Promise<unknown>): void;
}
