// The guess before the answer: it is kept in the browser, and never scored.

import { find, say } from '../../ui/dom.js';
import { loadWaiting } from './live-views.js';

/** Where guesses are kept in the browser's storage. */
const KEY = 'spikepad guesses';

/** A guess within this share of the answer, or within this number, is close. */
const CLOSE = { share: 0.12, least: 3 };

/** @returns {Record<string, string>} by the id of the chapter */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    // Storage is forbidden, or holds something else: guesses last for this visit.
    return {};
  }
}

/** @param {string} id of the chapter @param {string} guess */
function keep(id, guess) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), [id]: guess }));
  } catch {
    // Storage is forbidden: guesses last for this visit.
  }
}

/**
 * @param {HTMLElement} chapter
 * @param {string} id
 */
export function createGuess(chapter, id) {
  const form = find(chapter, '.guess', HTMLFormElement);
  const answer = find(chapter, '.answer', HTMLElement);
  const said = find(form, '.kept', HTMLElement);
  const slider = form.querySelector('input[type="range"]');
  const { guess: kind = '', answer: fact = '' } = form.dataset;

  const chosen = () => {
    if (slider instanceof HTMLInputElement) return slider.value;
    return form.querySelector('input:checked')?.getAttribute('value') ?? null;
  };

  /** What the figure says at present. */
  const truth = () => chapter.querySelector(`[data-fact="${fact}"]`)?.textContent?.replaceAll(',', '') ?? '';

  /** Which reply suits a guess. @param {string} guess */
  function replyTo(guess) {
    if (kind === 'choice') return guess;
    if (kind !== 'number') return guess === truth() ? 'right' : 'other';
    const far = Math.abs(Number(guess) - Number(truth()));
    return far <= Math.max(CLOSE.least, CLOSE.share * Number(truth())) ? 'close' : 'far';
  }

  /** @param {string | null} guess null where the reader only wants to see */
  function show(guess) {
    answer.classList.add('shown');
    chapter.classList.add('open');
    loadWaiting(chapter);
    if (guess === null) return;
    const word = form.querySelector(`input[value="${CSS.escape(guess)}"] + span`)?.textContent ?? guess;
    say(find(said, 'output', HTMLElement), word.replace(/\.$/, ''));
    said.hidden = false;
    const reply = replyTo(guess);
    for (const each of form.querySelectorAll('.reply')) {
      if (each instanceof HTMLElement) each.hidden = each.dataset.when !== reply;
    }
  }

  if (slider instanceof HTMLInputElement) {
    const output = find(form, '.choices output', HTMLElement);
    const tell = () => say(output, slider.value);
    slider.addEventListener('input', tell);
    tell();
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const guess = chosen();
    if (guess === null) {
      form.querySelector('input')?.focus();
      return;
    }
    keep(id, guess);
    show(guess);
  });
  find(form, '[data-reveal]', HTMLButtonElement).addEventListener('click', () => show(null));
  const earlier = kept()[id];
  if (earlier !== undefined) {
    if (slider instanceof HTMLInputElement) slider.value = earlier;
    for (const input of form.querySelectorAll('input[type="radio"]')) {
      if (input instanceof HTMLInputElement) input.checked = input.value === earlier;
    }
    slider?.dispatchEvent(new Event('input'));
    show(earlier);
  }

  return {
    /** The numbers have changed: another reply may suit the guess. */
    refresh() {
      const guess = kept()[id];
      if (chapter.classList.contains('open') && guess !== undefined) show(guess);
    },
  };
}
