// The list of networks: the page's own, that of the question, those that the user opened, and what opens another file.

/** @import { NamedNetwork } from '../state/network-code.js' */
/** @import { NetworkEntry } from './types.js' */

import { QUESTION } from '../state/network-code.js';
import { make } from '../ui/dom.js';
import { namedAs } from './named.js';
import { originOf, sizesOf } from './words.js';

const FORMATS =
  'Keras (.h5, .weights.h5, .keras), PyTorch (.pt, .pth), ONNX, NIR, safetensors and NumPy (.npz) of dense layers, with a ' +
  'square picture as input. For TensorFlow.js choose model.json together with its weight files. Or drop files anywhere on ' +
  'the page. Nothing is sent anywhere: files are read in this browser.';

export const QUESTION_TITLE = 'The question’s';

/** The networks that the page brings. @type {readonly { named: NamedNetwork | null, title: string, about: string }[]} */
const BROUGHT = [
  { named: null, title: 'Spikepad’s own', about: '784-128-10, ReLU, no biases' },
  {
    named: { digest: QUESTION, choices: '', file: '' },
    title: QUESTION_TITLE,
    about: '784-128-10, ReLU, no biases: the network that the laboratory is about',
  },
];

/**
 * @param {readonly NetworkEntry[]} kept
 * @param {NamedNetwork | null} shown
 * @param {object} handlers
 * @param {(named: NamedNetwork | null) => void} handlers.onChoose
 * @param {(entry: NetworkEntry) => void} handlers.onAbout
 * @param {(entry: NetworkEntry) => void} handlers.onRemove
 * @param {HTMLElement} handlers.picker opens another file
 * @returns {{ content: HTMLElement[], missing: boolean }} `missing`: is the network that should be shown not in the list?
 */
export function menuOf(kept, shown, { onChoose, onAbout, onRemove, picker }) {
  const list = make('ul', { class: 'network-choices' });
  let found = false;

  /**
   * @param {string} title
   * @param {string} about
   * @param {boolean} chosen
   * @param {() => void} choose
   * @param {readonly HTMLElement[]} [more]
   */
  function add(title, about, chosen, choose, more = []) {
    found ||= chosen;
    const pressed = { 'aria-pressed': String(chosen) };
    const name = make('span', { class: 'network-name' }, title);
    const button = make(
      'button',
      { type: 'button', class: 'network-choice', ...pressed },
      name,
      make('span', {}, about),
    );
    button.addEventListener('click', choose);
    list.append(make('li', {}, button, ...more));
  }

  for (const { named, title, about } of BROUGHT) {
    add(title, about, named?.digest === shown?.digest, () => onChoose(named));
  }
  for (const entry of kept) {
    const named = namedAs(entry);
    add(
      entry.name,
      `${sizesOf(entry.report)}. ${originOf(entry.report)}`,
      named.digest === shown?.digest,
      () => onChoose(named),
      [
        action('About', `About ${entry.name}`, () => onAbout(entry)),
        action('Remove', `Remove ${entry.name}`, () => onRemove(entry)),
      ],
    );
  }

  return {
    content: [list, picker, make('p', { class: 'aside' }, FORMATS)],
    missing: shown !== null && !found,
  };
}

/**
 * @param {string} text
 * @param {string} label for screen readers, who hear it without the row
 * @param {() => void} act
 */
export function action(text, label, act) {
  const button = make('button', { type: 'button', class: 'plain', 'aria-label': label }, text);
  button.addEventListener('click', act);
  return button;
}

/**
 * @param {string} text
 * @param {() => void} onClick the user looks for a file
 * @param {(files: readonly File[]) => void} onFiles
 */
export function filePicker(text, onClick, onFiles) {
  const input = make('input', { type: 'file', multiple: '' });
  input.addEventListener('click', onClick);
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    if (files.length > 0) onFiles(files);
  });
  return make('label', { class: 'button file' }, input, make('span', {}, text));
}
