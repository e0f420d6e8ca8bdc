/** The text of the page that explains: one file a language. */

import type { Words } from '../types.js';

/** What the reader guesses before the answer is shown. */
export type Guess =
  | { kind: 'choice'; decide?: string; options: readonly { text: string; reply: string }[] }
  /** A number from 0 to the fact `most`; the answer is the fact `fact`. */
  | { kind: 'number'; fact: string; most: string; close: string; far: string }
  /** One of ten digits. */
  | { kind: 'digit'; fact: string; right: string; other: string }
  /** One of the numbered parts of the figure, counted from 1. */
  | { kind: 'pick'; count: number; fact: string; right: string; other: string };

export interface Chapter {
  /** Part of links: it never changes. */
  id: string;
  title: string;
  /** One word, for the bar. */
  short: string;
  opening: readonly string[];
  question: string;
  guess: Guess;
  answer: readonly string[];
  do: string;
  notice: string;
  keep: string;
  /** Markup; empty where there is nothing to calculate. */
  mathematics: string;
  sources: readonly string[];
}

export interface Text {
  language: string;
  labels: Words;
  chapters: readonly Chapter[];
  /** The words of each figure, by the id of its chapter. */
  figures: Record<string, Words>;
}
