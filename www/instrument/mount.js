// Puts an instrument with its own markup into any element or shadow root.

/** @import { Instrument } from './instrument.js' */
/** @import { Options } from './types.js' */

import { createFileDrop } from '../pad/image-import.js';
import { make } from '../ui/dom.js';
import { actionOf } from '../ui/keys.js';
import { createNote } from '../ui/notice.js';
import { createInstrument } from './instrument.js';
import { instrumentMarkup } from './markup.js';

let mounted = 0;

/**
 * The instrument takes keys while the focus is within it, and images that are pasted into it or dropped on it. The host's
 * document or shadow root must load its styles, styles/instrument.css.
 * @param {HTMLElement | ShadowRoot} host
 * @param {Pick<Options, 'assets' | 'expectedSizes' | 'onChange'>} options
 * @returns {Instrument} its `destroy()` removes the markup
 */
export function mountInstrument(host, options) {
  mounted += 1;
  const ids = `spikepad-${mounted}-`;
  const root = make('section', { class: 'instrument blank loading', tabindex: '-1', 'aria-label': 'Spikepad' });
  root.innerHTML = instrumentMarkup(ids, false);
  const text = make('p', {});
  const dismiss = make('button', { type: 'button', class: 'plain' }, 'Dismiss');
  const note = make('div', { class: 'note', role: 'status', hidden: '' }, text, dismiss);
  const frame = make('div', { class: 'instrument-frame' }, root, note);
  host.append(frame);
  const controller = new AbortController();
  const { signal } = controller;

  const instrument = createInstrument(root, { ...options, ids, note: createNote(note) });
  root.addEventListener(
    'keydown',
    (event) => {
      const action = actionOf(event, true);
      if (action && instrument.perform(action)) event.preventDefault();
    },
    { signal },
  );
  // After a click on an element that takes no focus, such as the pad, the instrument itself takes it, to receive keys.
  root.addEventListener(
    'click',
    () => {
      if (!root.matches(':focus-within')) root.focus({ preventScroll: true });
    },
    { signal },
  );
  const drop = createFileDrop(root, {
    wanted: () => true,
    onFiles: ([file]) => instrument.takeImage(file),
    onDrag: (over) => root.classList.toggle('dropping', over),
  });
  instrument.load();

  return {
    ...instrument,
    destroy() {
      controller.abort();
      drop.destroy();
      instrument.destroy();
      frame.remove();
    },
  };
}
