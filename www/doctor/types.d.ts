/** What the doctor's modules pass to each other. */

import type { DoctorReport, RecipeReport, Settings } from '../pkg/laboratory.js';

export type { DoctorLayer, DoctorOutcome } from '../pkg/laboratory.js';
export type { DoctorReport, RecipeReport, Settings };

/** Examines one network. */
export interface Doctor {
  /** Gives up an examination that has not ended. Null if this one is given up. */
  examine(examination: Extract<Examination, { kind: 'settings' }>): Promise<DoctorReport | null>;
  /**
   * Gives up what has not ended, and measures the network as another tool would convert it. The tools are counted from 0. Null if
   * this is given up. A doctor without it measures no recipes.
   */
  measureRecipe?(index: number): Promise<RecipeAnswer | null>;
  /** Gives up what has not ended. */
  stop?(): void;
  destroy(): void;
}

/** Makes a doctor for the network of `parts`, who shows it labelled digits. */
export type CreateDoctor = (
  simulator: {
    readonly api: import('../simulator/simulator.js').AnyApi;
    readonly parts: import('../simulator/worker-types.js').Parts;
  },
  digits: import('../simulator/types.js').Source,
) => Doctor | Promise<Doctor>;

/** What the page asks of the worker: first it sends the simulator, the network and where the digits are, then examinations. */
export type Question =
  | { readonly kind: 'load'; readonly parts: import('../simulator/worker-types.js').Parts; readonly digits: string }
  | Examination
  | RecipeQuestion;

/** An examination of the network under some settings, or as a framework runs it. */
export type Examination =
  | { readonly kind: 'settings'; readonly settings: Settings; readonly scalingFound: boolean }
  | { readonly kind: 'dialect'; readonly dialect: string };

/** A tool, counted from 0, as which the network is converted and measured. */
export interface RecipeQuestion {
  readonly kind: 'recipe';
  readonly index: number;
}

/** How well a network reads as a tool converts it; null where the tool cannot. Are there more tools? */
export interface RecipeAnswer {
  readonly report: RecipeReport | null;
  readonly more: boolean;
}

/** What the worker answers. */
export type Answer =
  | { readonly kind: 'report'; readonly report: DoctorReport }
  | ({ readonly kind: 'recipe' } & RecipeAnswer)
  | { readonly kind: 'error'; readonly error: string };
