/** What the doctor's modules pass to each other. */

import type { DoctorReport, Settings } from '../pkg/laboratory.js';

export type { DoctorLayer, DoctorOutcome } from '../pkg/laboratory.js';
export type { DoctorReport, Settings };

/** Examines one network. */
export interface Doctor {
  /** Gives up an examination that has not ended. Null if this one is given up. */
  examine(examination: Extract<Examination, { kind: 'settings' }>): Promise<DoctorReport | null>;
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
  | Examination;

/** An examination of the network under some settings, or as a framework runs it. */
export type Examination =
  | { readonly kind: 'settings'; readonly settings: Settings; readonly scalingFound: boolean }
  | { readonly kind: 'dialect'; readonly dialect: string };

/** What the worker answers to an examination. */
export type Answer =
  | { readonly kind: 'report'; readonly report: DoctorReport }
  | { readonly kind: 'error'; readonly error: string };
