/** The contract between a view and the page that shows it. */

import type { Network, Neuron, Recording, Settings, Source, Verdict } from '../simulator/types.js';

/** What it takes to show the present state elsewhere. */
export interface Embedding {
  /** The address of the page for frames. */
  readonly page: string;
  /** The address of the module that registers `<spike-pad>`. */
  readonly module: string;
  /** The address of the whole page. */
  readonly whole: string;
  /** The link to the present state, without its #. */
  link(): string;
}

/** What a view may ask of the page that shows it. The page may be a document or an element in a shadow root. */
export interface Page {
  /** Addresses of the files that views load by themselves. */
  readonly assets: {
    /** Accuracy of the network after each number of steps; absent if nothing was measured for this network. */
    readonly accuracy?: Source;
  };
  /** Layer sizes of the network that is being loaded, if they are known: views show them until the network is there. */
  readonly expectedSizes?: readonly number[];
  /** Makes the id of an element from a name that is unique within the page: two pages may share a document. */
  elementId(name: string): string;
  /**
   * Why there is no recording: nothing is drawn, which is meant where it is undefined, the network is not loaded, or the
   * simulator refused the settings.
   */
  readonly missing?: 'empty' | 'waiting' | 'refused';
  /** Does the drawing seem to be of several digits? */
  readonly several?: boolean;
  /** Must nothing tell the answer? Recordings then come without it: see `withoutAnswer`. */
  readonly answerHidden?: boolean;
  /** Chooses the neuron that the view "Inside a neuron" shows. */
  pick(neuron: Neuron): void;
  /** Chooses that neuron and opens the view. */
  inspect(neuron: Neuron): void;
  /** Tells every view which neuron the pointer is over; null if it is over none. */
  point(neuron: Neuron | null): void;
  /** Opens a view. */
  open(view: string): void;
  /**
   * Called when the code of a view could not be loaded.
   * @returns whether the page is being loaded again, in a build that may have it
   */
  onMissing?(): Promise<boolean>;
  /** Asks for a frame: something can be drawn now that could not be drawn before. */
  requestFrame(): void;
  /** Presents ink, one value from 0 to 255 per input, with other settings and returns the verdict only. */
  answer(ink: Uint8Array, settings: Settings): Verdict;
  /**
   * Draws a view at print resolution, visible or not, calls `take` with the element that holds all views, and draws it at
   * the resolution of the screen again.
   */
  picture(view: string, take: (root: ParentNode) => void): Promise<void>;
  /** Absent where the state cannot be shown elsewhere. */
  readonly embedding?: Embedding;
}

/** A picture of a recording: a function of the recording and the time only. */
export interface View {
  /** Takes another recording; null if nothing is drawn or nothing is loaded. */
  show(recording: Recording | null, network: Network | null, focus: Neuron | null): void;
  /** Highlights the neuron that the pointer is over, whichever view it is over. */
  point?(neuron: Neuron | null): void;
  /** Resolves when nothing more is being computed for the recording. */
  settled?(): Promise<void>;
  /** Draws the recording after `time` steps; fractions of a step make motion smooth. */
  draw(time: number): void;
  /** Reads sizes and colours again. */
  resize(): void;
  /** Removes its listeners and the elements that it made. */
  destroy(): void;
}

/** Makes a view in an element. It uses the parts that the element already holds and makes the others. */
export type CreateView = (root: HTMLElement, page: Page) => View;

/** A view that has a tab. */
export interface ViewEntry {
  /** Its name in links. */
  readonly name: string;
  /** Its name in the ids of its tab and its panel, if that is another one. */
  readonly id?: string;
  /** The text of its tab. */
  readonly title: string;
  /** The question that it answers, in one line. */
  readonly question: string;
  /** Is it about the answer? Then it is not shown where the answer is hidden. */
  readonly tellsAnswer?: boolean;
  /** Loads the function that makes the view. */
  load(): CreateView | Promise<CreateView>;
  /** The pictures of it that can be exported: their names, and selectors of their canvases. */
  readonly pictures?: readonly { readonly title: string; readonly canvases: string; readonly tellsAnswer?: boolean }[];
}
