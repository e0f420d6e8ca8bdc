// The address bar: it always holds a link to what is on the page, and a link that is put there is followed.

/** @import { Drawing } from '../pad/drawing.js' */
/** @import { Store } from './state.js' */

import { readLink, writeLink } from './link.js';
import { VIEWS } from './parameters.js';

/** How long the page must stand before its address is written, ms: browsers allow only so many changes. */
const SETTLED_AFTER = 400;

/**
 * @param {Store} state
 * @param {Drawing} drawing
 * @param {{ stop: () => void }} hand may be drawing what another link puts an end to
 * @param {{ show: (words: string) => void, hide: () => void }} note
 */
export function createAddress(state, drawing, hand, note) {
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-part]')]);
  const parts = [...new Set(places.map(({ dataset }) => dataset.part ?? ''))];
  /** @type {readonly string[]} */
  let hidden = [];
  /** @type {number | undefined} */
  let timer;

  function write() {
    clearTimeout(timer);
    timer = undefined;
    const { strokes, picture } = drawing;
    const link = writeLink({ ...state.now, strokes, picture }, hidden);
    const { pathname, search, hash } = location;
    if (hash.replace(/^#/, '') !== link) history.replaceState(null, '', pathname + search + (link && `#${link}`));
  }

  function read() {
    const link = readLink(location.hash, parts);
    hidden = link.hidden;
    for (const place of places) place.hidden = hidden.includes(place.dataset.part ?? '');
    const { strokes, picture, ...rest } = link.state;
    // A view whose tab is off the page could not be left.
    const views = [rest.view, ...VIEWS.map(({ value }) => value)];
    state.set({ ...rest, view: views.find((view) => !hidden.includes(view)) ?? 'spikes' });
    hand.stop();
    drawing.restore({ strokes, picture });
    if (link.notes.length > 0) note.show(`Of this link something was left out. ${link.notes.join(' ')}`);
  }

  window.addEventListener('hashchange', read);
  // A link within the page leads to a place on it; the address is needed for the state.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const target = link && document.getElementById(link.getAttribute('href')?.slice(1) ?? '');
    if (!target) return;
    event.preventDefault();
    for (const other of document.querySelectorAll('.pointed-at')) other.classList.remove('pointed-at');
    target.classList.add('pointed-at');
    target.scrollIntoView({ block: 'nearest' });
    target.querySelector('a')?.focus({ preventScroll: true });
  });

  return {
    read,

    /** Brings the address up to date, soon. */
    save() {
      clearTimeout(timer);
      timer = window.setTimeout(write, SETTLED_AFTER);
    },

    /** A stroke is being drawn: no link to half of it. */
    wait() {
      clearTimeout(timer);
    },

    /** @param {string} part is it off the page? */
    hides(part) {
      return hidden.includes(part);
    },

    async copy() {
      write();
      try {
        await navigator.clipboard.writeText(location.href);
        note.show('The link is copied. Whoever opens it sees this very drawing, and the same spikes.');
      } catch {
        note.show('This browser does not let the page copy; the link is in the address bar.');
      }
    },
  };
}
