/** The options of an instrument. */

import type { Change } from '../pad/drawing.js';
import type { ModelChanges } from '../pkg/laboratory.js';
import type { OwnedRecording, Source } from '../simulator/types.js';
import type { NamedNetwork } from '../state/network-code.js';
import type { Note } from '../ui/notice.js';
import type { createTabs } from '../views/tabs.js';
import type { Embedding } from '../views/types.js';

/** The files that an instrument loads. */
export interface Assets {
  /** The simulator's JavaScript module. */
  readonly glue: Source;
  /** The simulator. */
  readonly wasm: Source;
  /** The network. */
  readonly weights: Source;
  /** The simulator for other networks, where `glue` and `wasm` are for `weights` only. */
  readonly others?: { readonly glue: Source; readonly wasm: Source };
  /** What reads pictures, loaded when the first one comes. */
  readonly pictures: { readonly glue: Source; readonly wasm: Source };
  /** MNIST's test images and their labels, loaded when the first measurement begins; without them nothing is measured. */
  readonly testImages?: { readonly images: URL; readonly labels: URL };
  /** Labelled digits on which networks are broken, and which the doctor examines; without them there is neither. */
  readonly digits?: Source;
  /** Accuracy of this network after each number of steps, if it was measured. */
  readonly accuracy?: Source;
}

export interface Options {
  readonly assets: Assets;
  /** What the ids in the root begin with: two instruments may share a page. */
  readonly ids: string;
  /** Tells the user what went wrong. */
  readonly note: Pick<Note, 'show' | 'hide'>;
  /** The network's layers, which are shown until it is loaded. */
  readonly expectedSizes?: readonly number[];
  /** Reads the files of a network that the user opened again, in another way. */
  changeNetwork?(named: NamedNetwork | null, changes: ModelChanges): void;
  /** The network that the state names, as the bytes of a safetensors file; null for that of `assets`. */
  weightsOf?(named: NamedNetwork | null): Promise<Uint8Array | null>;
  /**
   * Called when a file could not be loaded.
   * @returns whether the page is being loaded again, in a build that may have the file
   */
  onMissing?(): Promise<boolean>;
  /** The doctor and the measurements, if they are there. */
  readonly workbench?: {
    doctor(): Promise<
      typeof import('../doctor/doctor-view.js') & { createDoctor: import('../doctor/types.js').CreateDoctor }
    >;
    measuring?(): Promise<typeof import('../measuring/measuring-panel.js')>;
  };
  /** Called when the test images, or what the doctor needs, were loaded: they may be kept for offline use. */
  onUse?(what: 'images' | 'doctor'): void;
  /** Called when the drawing or a choice has changed. */
  onChange?(change: Change): void;
  /** Called when there is another recording, or none. */
  onRecording?(recording: OwnedRecording | null): void;
  /** Called in each frame that shows another time. @param time steps */
  onTime?(time: number): void;
  /** Called when a network could not be loaded. @param reason a sentence for the user */
  onFailed?(reason: string): void;
  /** Does a new recording play by itself? Otherwise its end is shown. */
  plays?(): boolean;
  /** What it takes to show the present state elsewhere. */
  readonly embedding?: Embedding;
  /** Makes the views below the stage, in place of tabs. */
  arrangeViews?: typeof createTabs;
}
