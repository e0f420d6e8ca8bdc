// "About": what the page is, how to use it, its words, its sources; the keys where there is a keyboard. Loaded when it is opened.

import { createNeuronFigure } from '../../explain/neuron-figure.js';
import { TERMS } from '../../explain/terms.js';
import { make } from '../../ui/dom.js';

/** Keys and what they do. A key is in brackets. */
const KEYS = [
  ['[0] to [9]', 'draw a sample; again, by another writer'],
  ['[space]', 'play or pause'],
  ['[←] [→]', 'a step back, forward; with [shift] ten'],
  ['[home] [end]', 'first, last step'],
  ['[R] [L]', 'play from the start; loop'],
  ['[−] [+]', 'slower, faster'],
  ['[U] or [ctrl] [Z]', 'undo; [ctrl] [Y] redo'],
  ['[C] or [delete]', 'clear'],
  ['[E]', 'eraser or pen'],
  ['[N] [S]', 'random seed; sound of the spikes'],
  ['on the pad', '[tab] to it; arrows move the pen, [space] puts it down and lifts it'],
  ['on the tabs', '[←] [→] choose a view'],
];

/** Text in which words in brackets are keys. @param {string} text */
function withKeys(text) {
  return text.split(/(\[[^\]]+\])/).map((part) => (part.startsWith('[') ? make('kbd', {}, part.slice(1, -1)) : part));
}

/** @param {string} title @param {...(Node | string)} content */
function section(title, ...content) {
  return [make('h3', {}, title), ...content];
}

/** @param {...(Node | string)} content */
const paragraph = (...content) => make('p', {}, ...content);

/** @param {string} href @param {string} text */
const link = (href, text) => make('a', { href }, text);

/**
 * @typedef {object} Preferences
 * @property {() => boolean} shortcuts may single keys act?
 * @property {(on: boolean) => void} setShortcuts
 */

/**
 * @param {HTMLDialogElement} dialog is filled
 * @param {Preferences} preferences
 */
export function fillAbout(dialog, { shortcuts, setShortcuts }) {
  const title = make('h2', { id: 'help-title', tabindex: '-1' }, 'About Spikepad');
  const figure = createNeuronFigure();
  const words = Object.entries(TERMS).map(([name, { name: term, text }]) =>
    make('div', { id: `word-${name}` }, make('dt', {}, term), make('dd', {}, text)),
  );
  const check = make('input', { type: 'checkbox', id: 'shortcuts' });
  check.checked = shortcuts();
  check.addEventListener('change', () => setShortcuts(check.checked));
  const keys = make(
    'section',
    { class: 'about-keys' },
    make('h3', {}, 'Keys'),
    make(
      'dl',
      { class: 'keys' },
      ...KEYS.map(([key, does]) =>
        make('div', {}, make('dt', {}, ...withKeys(key)), make('dd', {}, ...withKeys(does))),
      ),
    ),
    make('label', { class: 'check' }, check, make('span', {}, 'Turn on keyboard shortcuts')),
  );
  const close = make('button', { type: 'button', class: 'button' }, 'Close');
  close.addEventListener('click', () => dialog.close());
  dialog.replaceChildren(
    title,
    paragraph(
      'Draw a digit, and a network of spiking neurons reads it. It is simulated in this page, spike by spike; nothing that you draw leaves your device.',
    ),
    figure.element,
    ...section(
      'How to use it',
      paragraph(
        'Draw on the pad, or take a sample from the top. Point at a neuron, or tap it, to see its connections and its weights. Pause, and go through the time step by step. Each tab below the network answers a question about what you see.',
      ),
      paragraph(
        'Pictures are read, too: photographs, scans and screenshots in PNG, JPEG, GIF, BMP, WebP and TIFF. Paste or drop one, or choose it or use the camera under “More digits, upload”.',
      ),
    ),
    paragraph(
      link('learn.html', 'Ten short chapters'),
      ' explain step by step, with figures to try, how it reads a digit.',
    ),
    ...section('Words', make('dl', { class: 'words-list', id: 'words' }, ...words)),
    ...section(
      'Where it comes from',
      paragraph(
        'The network was trained on the ',
        link('http://yann.lecun.com/exdb/mnist/', 'MNIST database'),
        ' by Y. LeCun, C. Cortes and C. J. C. Burges, as an ordinary network without spikes; its weights became those of the spiking network. The tab “Stop earlier?” says how well it reads. The ',
        link('laboratory.html', 'laboratory'),
        ' compares how nine frameworks run it.',
      ),
      paragraph(
        'Spikepad is open source, under the MIT or the Apache 2.0 licence: ',
        link('licences.txt', 'licences'),
        '. ',
        link('bench.html', 'How fast is this machine?'),
      ),
    ),
    keys,
    make('div', { class: 'card-foot' }, make('span', {}), close),
  );
  dialog.addEventListener('close', () => figure.stop());
  dialog.addEventListener('click', (event) => {
    // A click outside the card has the dialog itself as its target.
    if (event.target === dialog) dialog.close();
  });
  return {
    /** @param {string} [word] of the glossary, to which it scrolls */
    open(word) {
      dialog.showModal();
      figure.start();
      // From its start, whatever takes the focus.
      title.focus({ preventScroll: true });
      dialog.scrollTop = 0;
      if (word) dialog.querySelector('#words')?.scrollIntoView({ block: 'start' });
    },
  };
}
