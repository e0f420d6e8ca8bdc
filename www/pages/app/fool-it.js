// "Fool it": the visitor draws a digit that the network takes for another one, and is sure of it. Loaded when it is first asked for.

/** @import { Instrument } from '../../instrument/instrument.js' */
/** @import { Verdict } from '../../simulator/types.js' */

import { make, say } from '../../ui/dom.js';

/**
 * What is said of an answer.
 * @param {number} wanted the digit that is drawn
 * @param {Verdict | null} verdict null if nothing is drawn
 * @param {boolean} several does the drawing seem to be of several digits?
 * @returns {{ text: string, fooled: boolean }}
 */
export function judged(wanted, verdict, several) {
  if (!verdict) return { text: 'Draw it so that the network reads another digit, and is sure.', fooled: false };
  const { digit, sure } = verdict;
  if (digit === null) return { text: 'It has no answer yet.', fooled: false };
  if (several) return { text: 'It sees more than one digit.', fooled: false };
  if (digit === wanted) {
    return { text: `It reads ${digit}${sure ? ', and is sure' : ', but is unsure'}: right so far.`, fooled: false };
  }
  if (!sure) return { text: `It reads ${digit}, but it is unsure. Nearly.`, fooled: false };
  return {
    text: `It reads ${digit}, and is sure. You fooled it if this is ${article(wanted)} ${wanted}.`,
    fooled: true,
  };
}

/** @param {number} digit */
function article(digit) {
  return digit === 8 ? 'an' : 'a';
}

/**
 * @param {HTMLElement} frame the bar is put before its first element
 * @param {HTMLButtonElement} button shows and hides it
 * @param {Pick<Instrument, 'drawing' | 'presentation' | 'perform'>} instrument
 * @param {() => number} pick a random number from 0 to 1
 */
export function createFoolIt(frame, button, { drawing, presentation, perform }, pick = Math.random) {
  let wanted = Math.floor(10 * pick());
  let fooled = 0;
  let tried = 0;
  /** Is this drawing one that fooled it? */
  let counted = false;

  const digit = make('strong', {});
  const text = make('p', { role: 'status' });
  const score = make('span', { class: 'aside' });
  const next = make('button', { type: 'button', class: 'button' }, 'Another digit');
  const end = make('button', { type: 'button', class: 'button' }, 'End');
  const element = make(
    'section',
    { class: 'fool', 'aria-label': 'Fool it' },
    make('p', { class: 'fool-task' }, 'Sure, and wrong: draw ', digit),
    text,
    score,
    make('div', {}, next, end),
  );

  function begin() {
    wanted = (wanted + 1 + Math.floor(9 * pick())) % 10;
    tried += 1;
    counted = false;
    perform('clear');
    update();
  }

  function update() {
    if (!element.isConnected) return;
    const verdict = drawing.blank || drawing.temporary ? null : (presentation.recording?.verdict ?? null);
    const now = judged(wanted, verdict, presentation.digits.length > 1);
    say(digit, `${article(wanted)} ${wanted}`);
    say(text, now.text);
    element.classList.toggle('fooled', now.fooled);
    if (now.fooled && !counted) fooled += 1;
    counted ||= now.fooled;
    say(score, fooled > 0 ? `Fooled ${fooled} of ${tried} times.` : '');
  }

  next.addEventListener('click', begin);
  end.addEventListener('click', toggle);

  /** Shows the bar, or takes it away. */
  function toggle() {
    const shown = element.isConnected;
    if (shown) element.remove();
    else frame.prepend(element);
    button.setAttribute('aria-pressed', String(!shown));
    if (shown) return button.focus();
    fooled = 0;
    tried = 0;
    begin();
  }

  return { toggle, update };
}
