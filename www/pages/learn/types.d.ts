/** What the parts of the page that explains know of each other. */

import type { Network, Recording, Settings, Sheet } from '../../simulator/types.js';

/** The numbers of the text, as text, by their names. */
export type Facts = Record<string, string>;

/** The words of a figure, by their names; `{name}` in them stands for a fact. */
export type Words = Record<string, string>;

/** The digit that goes through all chapters. */
export interface Carried {
  readonly sheet: Sheet;
  readonly recording: Recording;
  readonly network: Network;
  /**
   * Presents it again with other settings, or another sheet; null where nothing is drawn. Potentials of hidden neurons cannot be
   * read from the result.
   */
  present(changes: Partial<Settings>, sheet?: Sheet): Recording | null;
}

/** What figures need besides the digit. */
export interface Sources {
  /** Share of MNIST's test digits that are right after some numbers of steps: assets/accuracy.json. */
  readonly accuracy: readonly (readonly [step: number, share: number])[];
  /** What the build measured of the question's network. */
  readonly question: Question;
}

/** The question's network under pushes of several strengths, on test images. */
export interface Question {
  readonly images: number;
  readonly steps: number;
  readonly points: readonly {
    /** The factor on every push is 2 to this power. */
    readonly power: number;
    readonly right: number;
    /** Images for which two outputs or more have the most votes. */
    readonly ties: number;
    /** Images for which no output fires. */
    readonly silent: number;
    /** For the sample digit. */
    readonly votes: readonly number[];
  }[];
  /** The votes for another digit at each strength; only once the laboratory is loaded. */
  votesOf?(ink: Uint8Array): readonly (readonly number[])[];
}

/**
 * A figure: `measure` asks the simulator, `draw` is a function of what was measured, so that the build and the page draw the same.
 */
export interface Figure<Data> {
  /** Yields between parts that take long. */
  measure(carried: Carried, sources: Sources, pause: () => Promise<void>): Promise<Data> | Data;
  factsOf(data: Data, words: Words): Facts;
  /** Markup. */
  draw(data: Data, words: Words): string;
  /** Markup of what the reader can change, if there is anything. */
  controls?(words: Words): string;
  /** Connects the controls. */
  connect?(root: HTMLElement, live: Live<Data>): void;
  /** What the reader has chosen in a figure, for another digit. */
  keep?(before: Data, now: Data): Data;
  /** Is the figure the same for every digit? */
  readonly fixed?: boolean;
}

export interface Live<Data> {
  /** What is shown; null until it was measured. */
  readonly data: Data | null;
  readonly words: Words;
  /** Shows something else, and its numbers in the text. */
  set(data: Data): void;
}
