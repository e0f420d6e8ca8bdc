/** What a view is, and what it may ask of the page. */

import type { Network, Neuron, Pointed, Recording, Settings, Verdict } from '../simulator/types.js';
import type { ViewName } from '../state/parameters.js';

/** What the views under the stage may ask of the page. */
export interface Page {
  pick(neuron: Neuron | null): void;
  /** What the network answers to 28 x 28 pixels of ink under other settings. */
  answer(ink: Uint8Array, settings: Settings): Verdict;
  /** Draws a view, though it may not be the one that is looked at, sharply enough for print, and lets it be taken. */
  picture(view: ViewName, take: () => void): Promise<void>;
}

/** Makes the views of a panel. */
export type Panel = (element: HTMLElement, page: Page) => View[];

/** A picture of a recording: a pure function of the recording and the time. */
export interface View {
  /** Takes another recording; null where nothing is drawn or nothing is loaded. */
  show(recording: Recording | null, network: Network | null, focus: Neuron | null): void;
  /** Sets off the neuron that the pointer is over, wherever it is over it; null where it is over none. */
  point?(neuron: Pointed | null): void;
  /** Resolves when nothing more is being computed for the recording. */
  settled?(): Promise<void>;
  /** Draws the recording as it stands after `time` steps; fractions of a step are for smooth motion. */
  draw(time: number): void;
  /** Reads sizes and colours anew. */
  resize(): void;
}
