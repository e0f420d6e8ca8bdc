// Shows one view at a time, chosen by its tab. A view is loaded when it is first chosen or exported.

/** @import { Page, View, ViewEntry } from './types.js' */

import { moduleError } from '../simulator/fetch.js';
import { make, mark } from '../ui/dom.js';
import { messageOf } from '../ui/errors.js';
import { createTrouble } from '../ui/trouble.js';

/**
 * @typedef {object} Place
 * @property {ViewEntry} entry
 * @property {HTMLElement} tab
 * @property {HTMLElement} panel
 * @property {View | null} view
 * @property {Promise<View> | null} loading
 * @property {HTMLElement | null} trouble says why it could not be loaded
 */

/**
 * @param {HTMLElement} root gets a tab and a panel for each view; a list of tabs (`.tabs`) or a panel (`[role=tabpanel]` with
 *   `data-view`) that it already holds is used
 * @param {readonly ViewEntry[]} entries
 * @param {Page} page
 */
export function createTabs(root, entries, page) {
  const listeners = new AbortController();
  const { signal } = listeners;
  /** @type {HTMLElement[]} */
  const made = [];
  const tablist = /** @type {HTMLElement} */ (root.querySelector('.tabs')) ?? prepend(make('div', { class: 'tabs' }));
  mark(tablist, 'role', 'tablist');
  mark(tablist, 'aria-label', 'Views');
  const question = make('p', { class: 'view-question aside' });
  tablist.after(question);
  made.push(question);
  const places = entries.map(createPlace);
  /** @type {Place | null} */
  let current = null;
  /** Is the view that was chosen last still to be drawn? */
  let undrawn = false;
  /** @type {Parameters<View['show']>} */
  let shown = [null, null, null];

  /** @param {HTMLElement} element */
  function prepend(element) {
    made.push(element);
    root.prepend(element);
    return element;
  }

  /** @param {ViewEntry} entry @returns {Place} */
  function createPlace(entry) {
    const { name, id = name, title, question, tellsAnswer } = entry;
    const tab = make('button', {
      type: 'button',
      role: 'tab',
      id: page.elementId(`tab-${id}`),
      title: question,
      'aria-selected': 'false',
      'data-view': name,
      'data-part': name,
      ...(tellsAnswer && { 'data-answer': '' }),
      tabindex: '-1',
    });
    tab.textContent = title;
    tablist.append(tab);
    const found = /** @type {HTMLElement | null} */ (root.querySelector(`[role=tabpanel][data-view="${name}"]`));
    const panel = found ?? make('div', { class: 'panel', role: 'tabpanel', 'data-view': name });
    if (!found) root.append(panel);
    panel.id ||= page.elementId(`view-${id}`);
    panel.hidden = true;
    mark(panel, 'aria-labelledby', tab.id);
    mark(tab, 'aria-controls', panel.id);
    made.push(tab, ...(found ? [] : [panel]));
    tab.addEventListener('click', () => page.open(name), { signal });
    // A click does not move the focus, so that the arrow keys still step through time.
    tab.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
    return { entry, tab, panel, view: null, loading: null, trouble: null };
  }

  /** @param {string} name */
  function placeOf(name) {
    const place = places.find(({ entry }) => entry.name === name);
    if (!place)
      throw new Error(`There is no view “${name}”; there are ${entries.map((each) => each.name).join(', ')}.`);
    return place;
  }

  /**
   * The view of a place, made at the first call.
   * @param {Place} place
   * @returns {View | Promise<View>}
   */
  function viewOf(place) {
    if (place.view) return place.view;
    if (place.loading) return place.loading;
    const create = place.entry.load();
    if (!(create instanceof Promise)) {
      place.view = create(place.panel, page);
      return place.view;
    }
    place.loading = create.then(
      (createView) => {
        if (signal.aborted) throw new Error('The views were closed while one of them was loading.');
        place.view = createView(place.panel, page);
        return place.view;
      },
      async (error) => {
        throw await moduleError(`The view “${place.entry.title}”`, error);
      },
    );
    // What could not be loaded is loaded again next time.
    place.loading.catch(() => {
      place.loading = null;
    });
    return place.loading;
  }

  /** Makes the view of a place that was chosen, or says there why it cannot be made. @param {Place} place */
  function open(place) {
    place.trouble?.remove();
    const view = viewOf(place);
    if (!(view instanceof Promise)) return requestFirstDraw();
    view.then(
      () => {
        if (current === place) requestFirstDraw();
      },
      async (error) => {
        if (signal.aborted || (await page.onMissing?.())) return;
        place.trouble = createTrouble(messageOf(error), () => open(place));
        place.panel.append(place.trouble);
      },
    );
  }

  /** Asks for a frame that draws the chosen view. The view is measured in that frame, after its layout. */
  function requestFirstDraw() {
    undrawn = true;
    page.requestFrame();
  }

  /** Makes the chosen view ready to be drawn. */
  function prepareFirstDraw() {
    undrawn = false;
    if (!current) return;
    const { tab, view } = current;
    // On a narrow page the tabs scroll sideways; the page itself does not scroll.
    tablist.scrollLeft = tab.offsetLeft - (tablist.clientWidth - tab.offsetWidth) / 2;
    markOverflow();
    view?.resize();
    view?.show(...shown);
  }

  /** Tells the style sheet at which end of the list there are more tabs. */
  function markOverflow() {
    const { scrollLeft, clientWidth, scrollWidth } = tablist;
    tablist.classList.toggle('more-before', scrollLeft > 1);
    tablist.classList.toggle('more-after', scrollLeft + clientWidth < scrollWidth - 1);
  }

  tablist.addEventListener('scroll', markOverflow, { signal, passive: true });
  tablist.addEventListener(
    'keydown',
    (event) => {
      const visible = places.filter(({ tab }) => !tab.hidden);
      const at = current ? visible.indexOf(current) : -1;
      /** @type {Record<string, number>} */
      const moves = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: visible.length - 1 };
      const to = moves[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const { tab, entry } = visible[(to + visible.length) % visible.length];
      tab.focus();
      page.open(entry.name);
    },
    { signal },
  );

  return {
    /** @param {string} name */
    choose(name) {
      const place = placeOf(name);
      if (place === current) return;
      current = place;
      question.textContent = place.entry.question;
      for (const each of places) {
        const chosen = each === place;
        mark(each.tab, 'aria-selected', chosen);
        each.tab.tabIndex = chosen ? 0 : -1;
        each.panel.hidden = !chosen;
      }
      open(place);
    },

    /**
     * Makes a view ready to be drawn, chosen or not.
     * @param {string} name
     */
    async prepare(name) {
      const view = await viewOf(placeOf(name));
      view.show(...shown);
      await view.settled?.();
    },

    /**
     * Draws a view that is ready, chosen or not. Its panel is laid out while `look` is called.
     * @param {string} name
     * @param {number} time
     * @param {() => void} look
     */
    reveal(name, time, look) {
      const { panel, view } = placeOf(name);
      const { hidden } = panel;
      panel.hidden = false;
      view?.resize();
      view?.draw(time);
      look();
      panel.hidden = hidden;
    },

    /** @type {View['show']} */
    show(...next) {
      shown = next;
      current?.view?.show(...next);
    },

    /** @type {NonNullable<View['point']>} */
    point(neuron) {
      current?.view?.point?.(neuron);
    },

    /** @type {View['draw']} */
    draw(time) {
      if (undrawn) prepareFirstDraw();
      current?.view?.draw(time);
    },

    resize() {
      if (undrawn) return prepareFirstDraw();
      markOverflow();
      current?.view?.resize();
    },

    destroy() {
      listeners.abort();
      for (const { view } of places) view?.destroy();
      for (const element of made) element.remove();
    },
  };
}

/** @typedef {ReturnType<typeof createTabs>} Tabs */
