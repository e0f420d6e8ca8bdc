/** What the shell of an element and the figure in it know of each other. */

import type { Assets } from '../instrument/types.js';
import type { Change, Sheet } from '../pad/drawing.js';
import type { Source } from '../simulator/types.js';
import type { createEarlyPad } from './early-pad.js';

/** The files that figures load. */
export interface Files {
  readonly assets: Assets;
  /** The sample digits, as the build packs them. */
  readonly samples: Source;
  /** What reads networks of other programs, and the digits that tell how their input is scaled. */
  readonly importer: { readonly glue: Source; readonly wasm: Source; readonly digits: Source };
}

/** The elements that are there before the figure. */
export interface Shell {
  readonly root: ShadowRoot;
  readonly figure: HTMLElement;
  readonly frame: HTMLElement;
  readonly instrument: HTMLElement;
  readonly message: HTMLElement;
  /** What all ids begin with. */
  readonly ids: string;
  /** The names of the parts, in their order. */
  readonly views: readonly string[];
  readonly readonly: boolean;
  /** The pad until the figure is there; null where the figure shows none. */
  pad: ReturnType<typeof createEarlyPad> | null;
}

/** What a figure asks of its element. */
export interface Host {
  readonly files: Files;
  attribute(name: string): string | null;
  /** Properties that were set before the figure was there. */
  readonly pending: ReadonlyMap<string, unknown>;
  /** What is drawn already. */
  readonly early: Sheet;
  /** Something else is drawn. */
  changed(change: Change): void;
  /** Changes the drawing although no reader does. */
  quietly(act: () => void): void;
  plays(): boolean;
  tell(type: string, detail: unknown): void;
}
