// Saves the recording, the digit, and pictures of the views.

/** @import { CreateView, Page, View, ViewEntry } from '../views/types.js' */
/** @import { Recording } from '../simulator/types.js' */

import { CanvasProtectedError, canSaveCanvases } from '../ui/canvas-reading.js';
import { make } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { saveFile } from '../ui/save.js';
import { inputShape } from '../views/layers.js';
import { blank, compose, toCanvas, toSvg } from './paper.js';
import { toJson, toNpz } from './recording-files.js';

/** Pictures of parts that are always on the page. `Page.picture` takes the name of a view, although these need none. */
const ALWAYS = [
  { title: 'The network at work', canvases: '.stage', view: 'spikes' },
  { title: 'Your drawing', canvases: '.pad', view: 'spikes' },
];

/**
 * @param {readonly ViewEntry[]} entries the views that can be saved as pictures
 * @returns {CreateView}
 */
export function createExportPanel(entries) {
  const pictures = [...ALWAYS, ...entries.flatMap(picturesOf)];
  return (root, page) => createPanel(root, page, pictures);
}

/**
 * A picture: its name, a selector of its canvases, and the view that has to be drawn for it.
 * @typedef {{ title: string, canvases: string, view: string, tellsAnswer?: boolean }} Picture
 */

/** @param {ViewEntry} entry @returns {Picture[]} */
function picturesOf({ name, tellsAnswer, pictures = [] }) {
  return pictures.map((picture) => ({
    tellsAnswer,
    ...picture,
    canvases: `[role=tabpanel][data-view="${name}"] :is(${picture.canvases})`,
    view: name,
  }));
}

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @param {readonly Picture[]} pictures
 * @returns {View}
 */
function createPanel(root, page, pictures) {
  /** @type {Recording | null} */
  let recording = null;
  const select = make('select', { id: page.elementId('picture') });
  for (const { title } of pictures) select.add(new Option(title));
  const problem = make('p', { role: 'status' });

  /** @param {'png' | 'svg'} format */
  function saveView(format) {
    const { title, canvases, view } = pictures[select.selectedIndex];
    page
      .picture(view, (whole) => {
        const visible = [...whole.querySelectorAll(canvases)].filter(isVisible);
        if (visible.length === 0) return;
        const composition = compose(visible, title, aboutPicture());
        savePicture(toCanvas(composition), title, format === 'svg' ? toSvg(composition) : null);
      })
      .catch((error) => console.error(error));
  }

  /** What a picture says of its recording. */
  function aboutPicture() {
    if (!recording) return '';
    const { steps, settings, damage, verdict } = recording;
    const answer = page.answerHidden || verdict.digit === null ? [] : [`read as ${verdict.digit}`];
    return [
      'Spikepad',
      ...answer,
      `${steps} steps of ${settings.dt} ms`,
      `seed ${settings.seed}`,
      ...(damage ? [`broken: ${damage}`] : []),
    ].join(', ');
  }

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {string} name
   * @param {string | null} [svg] is saved in place of pixels
   */
  async function savePicture(canvas, name, svg = null) {
    problem.textContent = '';
    try {
      if (!(await canSaveCanvases())) throw new CanvasProtectedError('no picture can be saved');
      const ending = svg === null ? 'png' : 'svg';
      const blob =
        svg === null
          ? await new Promise((/** @type {BlobCallback} */ done) => canvas.toBlob(done))
          : new Blob([svg], { type: 'image/svg+xml' });
      if (!blob) throw new Error('This browser cannot make that picture.');
      save(blob, `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.${ending}`);
    } catch (error) {
      problem.textContent = messageOf(error);
    }
  }

  const buttons = {
    npz: button('NumPy, .npz', 'npz', (run) => save(toNpz(run), 'npz')),
    json: button('JSON', 'json', (run) => save(new Blob([toJson(run)], { type: 'application/json' }), 'json')),
    digit: button('PNG, 28 × 28', 'digit', (run) => savePicture(pictureOf(run), 'digit')),
    view: button('PNG', 'view', () => saveView('png')),
    svg: button('SVG', 'view-svg', () => saveView('svg')),
  };

  /**
   * @param {string} text
   * @param {string} value
   * @param {(run: Recording) => void} act
   */
  function button(text, value, act) {
    const element = make('button', { type: 'button', class: 'button', value, disabled: '' }, text);
    element.addEventListener('click', () => {
      problem.textContent = '';
      try {
        if (recording) act(recording);
      } catch (error) {
        // The potentials of a large network may not fit in memory.
        problem.textContent = `This recording could not be saved: ${messageOf(error)}.`;
      }
    });
    return element;
  }

  const files = item(
    'The recording',
    buttons.npz,
    buttons.json,
    note('every spike, every membrane potential, the parameters'),
  );
  const elsewhere = make(
    'details',
    { class: 'elsewhere' },
    make('summary', {}, 'Embed it in a page, a notebook or slides; a link for a class'),
  );
  /** @type {{ show(): void, destroy(): void } | null} */
  let form = null;
  elsewhere.addEventListener('toggle', async () => {
    if (!elsewhere.open || !page.embedding) return;
    try {
      const { createEmbedForm } = await import('./embed-form.js');
      form ??= createEmbedForm(elsewhere, page.embedding, page.elementId);
      form.show();
    } catch (error) {
      problem.textContent = messageOf(error);
    }
  });
  const list = make(
    'dl',
    { class: 'away' },
    files,
    item('The digit', buttons.digit, note('as the network saw it, white on black')),
    item(
      make('label', { for: select.id }, 'A view'),
      select,
      buttons.view,
      buttons.svg,
      note('as it is at this step, with enough pixels for print'),
    ),
    item(
      'The link',
      note('“Copy link” above copies all of it: drawing, parameters, seed, view. It replays exactly the same spikes.'),
    ),
    ...(page.embedding ? [item('Elsewhere', elsewhere)] : []),
  );
  root.append(list, problem);

  return {
    show(next, network) {
      recording = next;
      for (const each of Object.values(buttons)) each.disabled = !next;
      files.hidden = page.answerHidden === true;
      for (const [i, { tellsAnswer }] of pictures.entries()) {
        const hidden = files.hidden && tellsAnswer === true;
        Object.assign(select.options[i], { hidden, disabled: hidden });
        if (hidden && select.selectedIndex === i) select.selectedIndex = 0;
      }
      if (!network) return;
      const { columns, rows } = inputShape(network.sizes[0]);
      buttons.digit.textContent = `PNG, ${columns} × ${rows}`;
    },
    draw() {},
    resize() {},
    destroy() {
      form?.destroy();
      list.remove();
      problem.remove();
    },
  };
}

/**
 * @param {string | Node} term
 * @param {...(string | Node)} parts
 */
function item(term, ...parts) {
  return make('div', {}, make('dt', {}, term), make('dd', {}, ...parts));
}

/** @param {...(string | Node)} parts */
function note(...parts) {
  return make('span', { class: 'aside' }, ...parts);
}

/**
 * @param {Blob} blob
 * @param {string} ending of the name of the file
 */
function save(blob, ending) {
  saveFile(blob, `spikepad.${ending}`);
}

/**
 * The picture that the network saw, white on black like MNIST's images.
 * @param {Recording} recording
 */
function pictureOf({ digitInk }) {
  const { columns, rows } = inputShape(digitInk.length);
  const [canvas, context] = blank(columns, rows);
  const image = new ImageData(columns, rows);
  for (const [i, ink] of digitInk.entries()) image.data.set([ink, ink, ink, 255], 4 * i);
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * Is it a canvas that is laid out? A link may hide the part of the page that a canvas is in.
 * @param {Element} element
 * @returns {element is HTMLCanvasElement}
 */
function isVisible(element) {
  return element instanceof HTMLCanvasElement && element.clientWidth > 0;
}
