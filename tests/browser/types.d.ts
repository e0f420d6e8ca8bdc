/** A page in a browser, with the operations that the tests use in every engine. */

/** CSS pixels from the top left corner of the window. */
export type Position = readonly [x: number, y: number];

export interface Tab {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page. The function must not use names from outside; arguments and result are JSON. */
  evaluate<A extends unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** Presses the pointer at the first position, moves it along the others, and releases it at the last. */
  stroke(path: readonly Position[]): Promise<void>;
  hover(position: Position): Promise<void>;
  /** Presses a key by its name in the DOM, with modifiers before it: `a`, `?`, `ArrowLeft`, `Shift+Tab`. */
  press(key: string): Promise<void>;
  /** Types text of which each character is a key. */
  type(text: string): Promise<void>;
}
