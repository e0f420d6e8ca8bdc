/** What the doctor's modules pass to each other. */

import type { DoctorReport, Settings } from '../pkg/laboratory.js';

export type { DoctorLayer, DoctorOutcome } from '../pkg/laboratory.js';
export type { DoctorReport, Settings };

/** What the page asks of the worker: first the simulator, the network and the digits, then examinations. */
export type Question =
  | { readonly kind: 'load'; readonly parts: import('../simulator/worker-types.js').Parts; readonly digits: string }
  | { readonly kind: 'examine'; readonly settings: Settings };

/** What the worker answers to an examination. */
export type Answer =
  | { readonly kind: 'report'; readonly report: DoctorReport }
  | { readonly kind: 'error'; readonly error: string };
