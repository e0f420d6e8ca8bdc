// The address bar: it holds a link to the state of the page, and the page follows a link that is entered there.

/** @import { Instrument } from '../../instrument/instrument.js' */
/** @import { Note } from '../../ui/notice.js' */

import { readLink, writeLink } from '../../state/link.js';

/** The part of the page that is all that tells the answer: what has `data-answer`, and what the recordings leave out. */
const ANSWER = 'answer';

/** The address is written when nothing has changed for this long, ms, because browsers limit how often it may change. */
const DELAY = 400;

/**
 * @param {HTMLElement} root holds the parts of the page that a link can hide, marked by `data-part`
 * @param {Instrument} instrument
 * @param {Note} note
 */
export function createAddressBar(root, instrument, note) {
  const { drawing, state, views } = instrument;
  const places = /** @type {HTMLElement[]} */ ([...root.querySelectorAll('[data-part], [data-answer]')]);
  const parts = [...new Set(places.map(({ dataset }) => dataset.part ?? ANSWER)), ANSWER];
  /** @type {readonly string[]} */
  let hidden = [];
  /** The hash that was read or written last. */
  let known = location.hash;
  /** @type {number | undefined} */
  let timer;

  /** The link to the present state, without its #. */
  function linkNow() {
    const { strokes, picture } = drawing;
    return writeLink({ ...state.now, strokes, picture }, hidden);
  }

  function write() {
    clearTimeout(timer);
    timer = undefined;
    // Another link was entered, and its `hashchange` event has not come yet.
    if (location.hash !== known) return;
    const link = linkNow();
    const { pathname, search, hash } = location;
    if (hash.replace(/^#/, '') !== link)
      history.replaceState(history.state, '', pathname + search + (link && `#${link}`));
    known = location.hash;
  }

  function read() {
    known = location.hash;
    const link = readLink(location.hash, parts);
    hidden = link.hidden;
    const answerHidden = hidesAnswer();
    for (const place of places) {
      const { part = '', answer } = place.dataset;
      place.hidden = hidden.includes(part) || (answerHidden && answer !== undefined);
    }
    instrument.hideAnswer(answerHidden);
    const { strokes, picture, view, ...rest } = link.state;
    const notes = [...link.notes];
    const names = views.map(({ name }) => name);
    if (!names.includes(view)) notes.push(`“view” must be one of ${names.join(', ')}.`);
    // A view whose tab is hidden could not be left.
    const shown = views.filter(({ name, tellsAnswer }) => !(hidden.includes(name) || (answerHidden && tellsAnswer)));
    const [first = views[0]] = [...shown.filter(({ name }) => name === view), ...shown];
    state.set({ ...rest, view: first.name });
    drawing.restore({ strokes, picture });
    const words = [
      link.newer && 'A newer version of this page made the link; what it shows here may differ.',
      notes.length > 0 && `Part of this link could not be read. ${notes.join(' ')}`,
    ];
    if (words.some(Boolean)) note.show(words.filter(Boolean).join(' '), 'link');
    else note.hide('link');
  }

  /** To hide the verdict is to hide the answer: a class guesses first. */
  function hidesAnswer() {
    return hidden.includes(ANSWER) || hidden.includes('verdict');
  }

  window.addEventListener('hashchange', read);

  return {
    read,

    /** Writes the address once nothing has changed for `DELAY`. */
    save() {
      clearTimeout(timer);
      timer = window.setTimeout(write, DELAY);
    },

    link: linkNow,

    /** Writes the address at once. */
    saveNow: write,

    /** Postpones writing while a stroke is being drawn: a link to half a stroke is of no use. */
    wait() {
      clearTimeout(timer);
    },

    /** @param {string} part does a link hide it? */
    hides(part) {
      return hidden.includes(part);
    },

    /** Does the link hide the answer? */
    hidesAnswer,

    async copy() {
      write();
      try {
        await navigator.clipboard.writeText(location.href);
        note.show(
          'The link is copied. It shows this drawing and exactly the same spikes wherever it is opened.',
          'drawing',
        );
      } catch {
        note.show('This browser does not let the page copy. The link is in the address bar.');
      }
    },
  };
}
