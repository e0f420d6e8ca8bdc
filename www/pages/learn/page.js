// Connects the chapters of the page with one another and with the reader's digit.

/** @import { SpikePadElement } from '../../element/spike-pad.js' */
/** @import { Sample } from '../../pad/samples.js' */
/** @import { Sheet } from '../../simulator/types.js' */
/** @import { Recorder } from '../../simulator/simulator.js' */
/** @import { Carried, Facts, Sources, Words } from './types.js' */

import { find, say } from '../../ui/dom.js';
import { carriedOf, sheetOf } from './carried.js';
import { connectEmbedFold, frameOf, tagOf } from './embed-code.js';
import { FIGURES } from './figures.js';
import { createGuess } from './guess.js';
import { createLiveFigure } from './live-figure.js';
import { pixels } from './svg.js';

/**
 * @param {HTMLElement} root holds the chapters
 * @param {object} options
 * @param {HTMLElement} options.bar shows the digit, and has a list of samples
 * @param {Record<string, Words>} options.words of the figures, by the id of their chapter
 * @param {Sources} options.sources
 * @param {readonly Sample[]} options.samples
 * @param {Recorder} options.recorder
 * @param {string} options.module the address of the element, for other pages
 * @param {string} options.address of this page, without what is behind the #
 * @param {(error: unknown) => void} options.fail
 */
export function connectPage(root, { bar, words, sources, samples, recorder, module, address, fail }) {
  const drawn = /** @type {SpikePadElement} */ (find(root, '#drawn', HTMLElement));
  const thumbnail = find(bar, '.thumbnail', HTMLElement);
  const choice = find(bar, 'select', HTMLSelectElement);
  const chapters = [...root.querySelectorAll('.chapter')].filter((each) => each instanceof HTMLElement);
  /** @type {Carried | null} */
  let carried = null;
  let scheduled = false;

  const guesses = chapters.map((chapter) => createGuess(chapter, chapter.id));

  /** Changes numbers of the text. @param {Facts} facts */
  function tell(facts) {
    for (const [name, text] of Object.entries(facts)) {
      for (const place of root.querySelectorAll(`[data-fact="${name}"]`)) say(place, text);
    }
    for (const guess of guesses) guess.refresh();
  }

  const figures = chapters.flatMap((chapter) => {
    const figure = FIGURES[chapter.id];
    const place = chapter.querySelector('.figure');
    if (!figure || !(place instanceof HTMLElement)) return [];
    const live = createLiveFigure(place, figure, { words: words[chapter.id], sources, tell, fail });
    return [{ id: chapter.id, live }];
  });

  /** @param {Sheet} sheet @param {boolean} [first] is it the digit with which the page was built? */
  function carry(sheet, first = false) {
    const next = carriedOf(recorder, sheet);
    if (!next) return;
    carried = next;
    thumbnail.innerHTML = pixels(
      Array.from(next.recording.digitInk, (ink) => ink / 255),
      '',
      { name: 'pixels ink' },
    );
    for (const { live } of figures) live.show(next, first);
  }

  /** Takes the digit of a pad in the next frame: while somebody draws, there are many. @param {SpikePadElement} pad @param {Uint8Array | null} picture */
  function take(pad, picture) {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      carry(sheetOf(pad.strokes, picture));
    });
  }

  for (const pad of root.querySelectorAll('spike-pad')) {
    pad.addEventListener('input', (event) => {
      const { picture } = /** @type {CustomEvent} */ (event).detail;
      // It is no sample any more.
      choice.value = '';
      take(/** @type {SpikePadElement} */ (pad), picture);
    });
  }
  choice.addEventListener('change', () => {
    const sample = samples.find(({ label }) => String(label) === choice.value);
    if (!sample) return;
    drawn.strokes = sample.strokes;
    carry(sheetOf(sample.strokes, null));
  });
  for (const chapter of chapters) {
    const fold = chapter.querySelector('[data-fold="embed"]');
    if (!(fold instanceof HTMLElement)) continue;
    const title = chapter.querySelector('h2 a')?.textContent ?? '';
    connectEmbedFold(fold, (kind) =>
      kind === 'tag' ? tagOf(chapter.id, module, drawn.strokes) : frameOf(chapter.id, address, title),
    );
  }
  // A drawing that was begun before this script came is the reader's own.
  const early = drawn.strokes;
  const first = samples.find(({ label }) => String(label) === drawn.getAttribute('digit'));
  if (early.length > 0 && early.length !== first?.strokes.length) carry(sheetOf(early, null));
  else if (first) carry(sheetOf(first.strokes, null), true);
  return {
    tell,

    /** What a figure is made of has changed. @param {string} id of its chapter */
    refresh(id) {
      for (const { id: own, live } of figures) if (own === id && carried) live.show(carried, false);
    },
  };
}
