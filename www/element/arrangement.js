// Puts the parts of an instrument into the places of a figure. The parts that the figure does not show are kept out of sight,
// because the others are connected with them.

/** @import { Shell } from './types.js' */

import { instrumentMarkup } from '../instrument/markup.js';
import { find, make } from '../ui/dom.js';

/** The parts of the markup that have a place of their own. @type {Record<string, string>} */
const SECTIONS = { stage: '.stage-column', votes: '.votes-column', verdict: '.verdict-column' };

/**
 * The markup as elements. A page with trusted types must allow the policy by its name.
 * @param {string} ids
 */
function markupOf(ids) {
  const text = instrumentMarkup(ids, false);
  /** @type {{ createPolicy?(name: string, rules: object): { createHTML(text: string): any } } | undefined} */
  const types = Reflect.get(globalThis, 'trustedTypes');
  const template = document.createElement('template');
  try {
    policy ??= types?.createPolicy?.('spikepad', { createHTML: (/** @type {string} */ html) => html }) ?? null;
    template.innerHTML = policy ? policy.createHTML(text) : text;
  } catch (error) {
    throw new Error(
      'The content security policy of this page forbids the figure: its trusted-types need the name spikepad.',
      {
        cause: error,
      },
    );
  }
  return template.content;
}

/** @type {{ createHTML(text: string): any } | null} */
let policy = null;

/**
 * @param {Shell} shell
 * @returns {Map<string, HTMLElement>} the places that no part of the markup takes, by their names
 */
export function arrange({ instrument, ids, views, readonly }) {
  const parts = markupOf(ids);
  /** @type {Map<string, HTMLElement>} */
  const free = new Map();
  for (const name of views) {
    const place = find(instrument, `[data-figure="${name}"]`, HTMLElement);
    if (name === 'pad') fillPad(place, parts, readonly);
    else if (name === 'controls') fillControls(place, parts, ids);
    else if (name in SECTIONS) {
      const section = find(parts, SECTIONS[name], HTMLElement);
      section.dataset.figure = name;
      section.setAttribute('part', name);
      // Without a name it is no landmark: several figures on a page would have landmarks of the same names.
      section.removeAttribute('aria-labelledby');
      place.replaceWith(section);
    } else free.set(name, place);
  }
  const rest = make('div', { hidden: '' });
  rest.append(parts);
  if (views.includes('pad')) for (const each of rest.querySelectorAll('.paper')) each.remove();
  instrument.append(rest);
  return free;
}

/**
 * The pad itself is there already; its tools come below it.
 * @param {HTMLElement} place
 * @param {DocumentFragment} parts
 * @param {boolean} readonly
 */
function fillPad(place, parts, readonly) {
  place.classList.add('draw');
  find(parts, '.draw > .caption', HTMLElement).remove();
  if (readonly) return;
  const [tools, choice] = [find(parts, '.draw > .under', HTMLElement), find(parts, '.digit-choice', HTMLElement)];
  tools.setAttribute('part', 'tools');
  place.append(tools, choice);
}

/**
 * @param {HTMLElement} place
 * @param {DocumentFragment} parts
 * @param {string} ids
 */
function fillControls(place, parts, ids) {
  const title = make('h2', { id: `${ids}controls-title`, class: 'visually-hidden' }, 'Time');
  place.classList.add('controls');
  const seed = find(parts, '.dials[data-part="seed"]', HTMLElement);
  place.append(title, find(parts, '.transport', HTMLElement), find(parts, '.time-line', HTMLElement), seed);
  find(place, '.scrubber', HTMLElement).setAttribute('part', 'scrubber');
  for (const button of place.querySelectorAll('[data-do]')) {
    button.setAttribute('part', `button ${button.getAttribute('data-do')}`);
  }
}
