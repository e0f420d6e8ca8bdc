// “Use this figure in your page”: the tag with the reader's digit, and a frame with the figure.

/** @import { Stroke } from '../../simulator/types.js' */

import { encodeStrokes } from '../../state/stroke-codec.js';
import { find, say } from '../../ui/dom.js';
import { LIVE_VIEWS } from './live-views.js';

/** The attributes that only this page needs. */
const OWN = ['group', 'id', 'loading', 'digit'];

/** The views of the tag where the figure is no view of the element. */
const VIEWS = 'pad verdict stage';

/** The height of a frame, CSS pixels. */
const HEIGHT = 560;

/**
 * The tag of the figure of a chapter.
 * @param {string} id of the chapter
 * @param {string} module the address of the element
 * @param {readonly Stroke[]} strokes none for the sample that the page starts with
 */
export function tagOf(id, module, strokes) {
  const digit = strokes.length > 0 ? { link: `#v=1&draw=${encodeStrokes(strokes)}` } : { digit: LIVE_VIEWS.see.digit };
  const own = Object.entries(LIVE_VIEWS[id] ?? { views: VIEWS }).filter(([name]) => !OWN.includes(name));
  const attributes = [...own, ...Object.entries(digit)].map(([name, value]) => (value ? `${name}="${value}"` : name));
  return `<script type="module" blocking="render" src="${module}"></script>\n<spike-pad ${attributes.join(' ')}></spike-pad>`;
}

/**
 * The frame of the figure of a chapter.
 * @param {string} id of the chapter
 * @param {string} page the address of this page, without what is behind the #
 * @param {string} title
 */
export function frameOf(id, page, title) {
  return `<iframe title="${title}" src="${page}#figure=${id}" width="100%" height="${HEIGHT}" style="border: 0"></iframe>`;
}

/**
 * @param {HTMLElement} fold holds a text area for each kind, and its button
 * @param {(kind: string) => string} codeOf
 */
export function connectEmbedFold(fold, codeOf) {
  const boxes = [...fold.querySelectorAll('textarea')];
  const fill = () => {
    for (const box of boxes) box.value = codeOf(box.dataset.embed ?? '');
  };
  fold.addEventListener('toggle', fill);
  for (const box of boxes) {
    const place = /** @type {HTMLElement} */ (box.parentElement);
    const done = find(place, '[data-done]', HTMLElement);
    box.addEventListener('focus', () => box.select());
    find(place, 'button', HTMLButtonElement).addEventListener('click', async () => {
      fill();
      try {
        await navigator.clipboard.writeText(box.value);
        say(done, done.dataset.done ?? '');
      } catch {
        // Without permission, the reader copies what is selected.
        box.select();
      }
    });
  }
}
