// Which key does what: most keys do what a button does.

/** @type {Record<string, string>} */
const ACTIONS = {
  ' ': 'play',
  k: 'play',
  ArrowLeft: 'back',
  ArrowRight: 'forward',
  Home: 'start',
  End: 'end',
  r: 'restart',
  '-': 'slower',
  '+': 'faster',
  '=': 'faster',
  l: 'loop',
  Backspace: 'clear',
  Delete: 'clear',
  c: 'clear',
  u: 'undo',
  e: 'erase',
  n: 'reseed',
  s: 'sound',
  '?': 'help',
};

/** With Shift, the arrows go ten steps. @type {Record<string, string>} */
const STRIDES = { ArrowLeft: 'back-ten', ArrowRight: 'forward-ten' };

/**
 * The action that a key press asks for; `sample-0` to `sample-9` for the digits.
 * @param {KeyboardEvent} event
 * @param {boolean} singleKeys may keys without Ctrl act?
 * @returns {string | null} null if there is none, or if the focused control handles the key itself
 */
export function actionOf(event, singleKeys) {
  const { key } = event;
  if (event.defaultPrevented || event.altKey) return null;
  // Outside a shadow root, `target` is its host.
  const [target] = event.composedPath();
  if (event.ctrlKey || event.metaKey) {
    if (target instanceof HTMLInputElement && target.type === 'text') return null;
    if (key.toLowerCase() === 'y' || (key.toLowerCase() === 'z' && event.shiftKey)) return 'redo';
    return key.toLowerCase() === 'z' ? 'undo' : null;
  }
  if (!singleKeys) return null;
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return null;
  if (target instanceof HTMLInputElement && (key !== ' ' || target.type === 'text')) return null;
  const presses = key === ' ' || key === 'Enter';
  if (presses && target instanceof Element && target.closest('button, a, summary')) return null;
  if (/^[0-9]$/.test(key)) return `sample-${key}`;
  return (event.shiftKey && STRIDES[key]) || (ACTIONS[key] ?? null);
}
