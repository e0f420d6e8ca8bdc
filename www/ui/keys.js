// The keyboard: single keys for what the buttons do, and the card that lists them.

/** @type {Record<string, string>} */
const TRANSPORT = {
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
};

/** With Shift, the arrows go ten steps. @type {Record<string, string>} */
const STRIDES = { ArrowLeft: 'back-ten', ArrowRight: 'forward-ten' };

/**
 * @param {object} wires
 * @param {(action: string) => void} wires.transport
 * @param {(digit: number) => void} wires.sample
 * @param {() => void} wires.undo
 * @param {() => void} wires.redo
 * @param {() => void} wires.clear
 * @param {() => void} wires.erase
 * @param {() => void} wires.reseed
 * @param {() => void} wires.sound
 * @param {() => void} wires.help
 * @param {() => boolean} wires.enabled are single keys wanted?
 */
export function createKeys({ transport, sample, undo, redo, clear, erase, reseed, sound, help, enabled }) {
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    if (event.defaultPrevented || event.altKey || document.querySelector('dialog[open]')) return;
    if (event.ctrlKey || event.metaKey) {
      if (target instanceof HTMLInputElement && target.type === 'text') return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) redo();
      else undo();
      return;
    }
    if (!enabled()) return;
    // A control that has the focus keeps the keys that it answers to itself.
    if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return;
    if (target instanceof HTMLInputElement && (event.key !== ' ' || target.type === 'text')) return;
    if (target instanceof HTMLElement && target.closest('button, a, summary') && [' ', 'Enter'].includes(event.key))
      return;
    const action = (event.shiftKey && STRIDES[event.key]) || TRANSPORT[event.key];
    if (action) transport(action);
    else if (/^[0-9]$/.test(event.key)) sample(Number(event.key));
    else if (event.key === 'Backspace' || event.key === 'Delete' || event.key === 'c') clear();
    else if (event.key === 'u') undo();
    else if (event.key === 'e') erase();
    else if (event.key === 'n') reseed();
    else if (event.key === 's') sound();
    else if (event.key === '?') help();
    else return;
    event.preventDefault();
  });
}

/**
 * @param {HTMLElement} button
 * @param {HTMLDialogElement} card
 * @param {HTMLInputElement} toggle
 * @param {(on: boolean) => void} onToggle
 */
export function createHelp(button, card, toggle, onToggle) {
  const open = createCard(button, card);
  toggle.addEventListener('change', () => onToggle(toggle.checked));
  return open;
}

/**
 * A card that a button opens, and that its own last button or a click beside it closes.
 * @param {HTMLButtonElement | HTMLElement} button
 * @param {HTMLDialogElement} card
 * @returns {() => void} opens it
 */
export function createCard(button, card) {
  const open = () => card.showModal();
  button.addEventListener('click', open);
  card.querySelector('.card-foot button')?.addEventListener('click', () => card.close());
  card.addEventListener('click', (event) => {
    // A click beside the card is one on the dialog itself.
    if (event.target === card) card.close();
  });
  return open;
}
