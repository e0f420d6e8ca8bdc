/** What the modules of the laboratory hand to each other. */

import type { Dialect, DialectParameter, Rule, Tally as RunTally } from '../pkg/laboratory.js';

export type { Dialect, DialectParameter, Rule };

export type Value = number | string | boolean | null;

/** What is to be measured: a dialect, what is changed in it, how the answer is read. */
export interface Plan {
  readonly dialect: string;
  /** By the framework's own names. */
  readonly overrides: Readonly<Record<string, Value>>;
  /** null: the dialect's own. */
  readonly readout: Rule | null;
  /** Time steps a presentation. */
  readonly steps: number;
}

/** Sums over the images presented; tallies of different images add up. */
export type Tally = Omit<RunTally, 'answers'> & {
  /** Milliseconds that one core was busy. */
  readonly busy: number;
};

/** Images that a worker presents in one go. */
export interface Task {
  readonly plan: Plan;
  /** The first image. */
  readonly first: number;
  readonly images: number;
  /** Of the input's spikes. */
  readonly seed: number;
}
