/** Types that several modules of the laboratory use. */

import type { Dialect, DialectFacts, DialectParameter, Rule, Tally } from '../../pkg/laboratory.js';
import type { Simulator as Loaded } from '../../simulator/load.js';

export type { Dialect, DialectFacts, DialectParameter, Rule };

/** The simulator with the dialects; its model is the question's network. */
export type Simulator = Loaded<typeof import('../../pkg/laboratory.js')>;

/** The value of a dialect's parameter; null leaves it to the framework. */
export type Value = number | string | boolean | null;

/** What is measured: a dialect, the changes made to it, and how the answer is read. */
export interface Plan {
  readonly dialect: string;
  /** Values of parameters, by their names in the framework. */
  readonly overrides: Readonly<Record<string, Value>>;
  /** null for the readout that is usual in the framework. */
  readonly readout: Rule | null;
  /** Time steps per presentation. */
  readonly steps: number;
}

/** What was measured of a plan: sums over images, and the number of images. */
export type Result = Omit<Tally, 'answers'> & {
  /** Milliseconds that one core needed. */
  readonly busy: number;
};
