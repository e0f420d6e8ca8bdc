// Composes what shows the present state elsewhere: a tag, a frame, the cell of a notebook, or a link for a class. Loaded when it is
// first opened.

/** @import { Embedding } from '../views/types.js' */

import { writeEmbedLink } from '../state/embed-link.js';
import { make } from '../ui/dom.js';

/** The parts that a figure can show, in their order. @type {readonly (readonly [name: string, text: string, first: boolean])[]} */
const FIGURE = [
  ['pad', 'pad', true],
  ['verdict', 'answer', true],
  ['votes', 'votes', true],
  ['stage', 'network', true],
  ['raster', 'spikes over time', false],
  ['membranes', 'output membranes', false],
  ['inside-a-neuron', 'inside a neuron', false],
];

/** The parts of the page that a link for a class can leave out. @type {readonly (readonly [name: string, text: string])[]} */
const PAGE = [
  ['samples', 'sample digits'],
  ['network', 'choice of the network'],
  ['parameters', 'parameters'],
  ['seed', 'seed'],
  ['away', 'export'],
  ['how', 'explanations'],
  ['laboratory', 'laboratory'],
];

/** What can be composed. @type {readonly (readonly [name: string, text: string])[]} */
const KINDS = [
  ['tag', 'a tag for a web page'],
  ['frame', 'a frame, where only frames are allowed'],
  ['cell', 'a cell of a notebook'],
  ['link', 'a link for a class'],
];

/** The height of a frame until it tells its own, CSS pixels. */
const HEIGHT = 480;

/**
 * @param {HTMLElement} root
 * @param {Embedding} embedding
 * @param {(name: string) => string} elementId
 */
export function createEmbedForm(root, embedding, elementId) {
  const kind = make(
    'select',
    { id: elementId('embed-kind') },
    ...KINDS.map(([value, text]) => new Option(text, value)),
  );
  const figure = checkboxes('It shows', [...FIGURE, ['controls', 'controls of the time', true]]);
  const page = checkboxes(
    'It leaves out',
    PAGE.map(([name, text]) => /** @type {const} */ ([name, text, false])),
  );
  const hides = checkboxes('', [['answer', 'hide the answer: a class guesses first', false]]);
  const code = make('textarea', { rows: '4', readonly: '', spellcheck: 'false', 'aria-label': 'What to copy' });
  const copy = make('button', { type: 'button', class: 'button' }, 'Copy');
  const share = make('button', { type: 'button', class: 'button' }, 'Share');
  const said = make('span', { class: 'aside', role: 'status' });
  const preview = make('iframe', { title: 'Preview', loading: 'lazy' });
  share.hidden = typeof navigator.share !== 'function';
  const form = make(
    'div',
    { class: 'embed' },
    make('p', {}, make('label', { for: kind.id }, 'Make '), kind),
    ...[figure.element, page.element, hides.element, code],
    make('p', { class: 'embed-buttons' }, copy, share, said),
    preview,
  );
  root.append(form);

  /** The link behind the #, with what it hides. */
  function linkOf() {
    const hidden = [...(kind.value === 'link' ? page.chosen() : []), ...hides.chosen()];
    // The view that is open is this form.
    const own = embedding.link().replace(/&?\bview=[^&]*/, '');
    if (hidden.length === 0) return own;
    return [own.replace(/&?hide=[^&]*/, ''), `hide=${hidden.join(',')}`].filter(Boolean).join('&');
  }

  function frameUrl() {
    const chosen = figure.chosen();
    const views = chosen.filter((name) => name !== 'controls').join(' ');
    const attributes = { views, ...(chosen.includes('controls') && { controls: '' }) };
    return `${embedding.page}#${writeEmbedLink(attributes, linkOf())}`;
  }

  function compose() {
    const chosen = figure.chosen();
    const views = chosen.filter((name) => name !== 'controls').join(' ');
    if (kind.value === 'link') return `${embedding.whole}#${linkOf()}`;
    if (kind.value === 'frame') {
      return `<iframe title="Spikepad" src="${frameUrl().replaceAll('&', '&amp;')}" width="100%" height="${HEIGHT}"></iframe>`;
    }
    if (kind.value === 'cell') {
      return `from IPython.display import IFrame\n\nIFrame("${frameUrl()}", "100%", ${HEIGHT})`;
    }
    const link = linkOf().replaceAll('&', '&amp;');
    const tag = ['spike-pad', chosen.includes('controls') && 'controls', `views="${views}"`, link && `link="#${link}"`];
    return `<script type="module" blocking="render" src="${embedding.module}"></script>\n<${tag.filter(Boolean).join(' ')}></spike-pad>`;
  }

  /** Shows what the form says now. */
  function show() {
    const isLink = kind.value === 'link';
    figure.element.hidden = isLink;
    preview.hidden = isLink;
    page.element.hidden = !isLink;
    code.value = compose();
    said.textContent = '';
    const url = frameUrl();
    if (!isLink && preview.src !== url) {
      // Another part behind the # would only change the figure that is there.
      preview.src = url;
    }
  }

  const takeHeight = (/** @type {MessageEvent} */ { data, source }) => {
    if (source !== preview.contentWindow || data?.type !== 'spikepad:height') return;
    preview.style.height = `${Math.min(Number(data.height) || HEIGHT, 2000)}px`;
  };
  window.addEventListener('message', takeHeight);
  form.addEventListener('change', show);
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.value);
      said.textContent = 'It is copied.';
    } catch {
      code.select();
      said.textContent = 'This browser does not let the page copy. The text is selected.';
    }
  });
  share.addEventListener('click', async () => {
    await navigator
      .share({ title: 'Spikepad', text: 'A digit, read by spikes', url: `${embedding.whole}#${linkOf()}` })
      .catch(() => {});
  });

  return {
    show,
    destroy() {
      window.removeEventListener('message', takeHeight);
      form.remove();
    },
  };
}

/**
 * @param {string} title
 * @param {readonly (readonly [name: string, text: string, checked: boolean])[]} choices
 */
function checkboxes(title, choices) {
  const boxes = choices.map(([value, text, checked]) => {
    const box = make('input', { type: 'checkbox', value, ...(checked && { checked: '' }) });
    return { box, label: make('label', { class: 'check' }, box, make('span', {}, text)) };
  });
  const labels = boxes.map(({ label }) => label);
  return {
    element: make('fieldset', {}, ...(title ? [make('legend', {}, title)] : []), ...labels),
    chosen: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value),
  };
}
