// The lower half of the page: one view at a time, chosen by its tab. A view is loaded when it is first looked at.

/** @import { View } from './types.js' */
/** @import { ViewName } from '../state/parameters.js' */

/**
 * @param {HTMLElement} tablist holds a `[role=tab]` for each panel, which its `aria-controls` names
 * @param {Record<ViewName, () => View[] | Promise<View[]>>} open makes the views of a panel
 * @param {(name: ViewName) => void} onChoose
 * @param {() => void} onReady a view that was being loaded can be drawn
 */
export function createDrawer(tablist, open, onChoose, onReady) {
  const tabs = /** @type {HTMLButtonElement[]} */ ([...tablist.querySelectorAll('[role=tab]')]);
  /** @type {Map<string, View[]>} */
  const opened = new Map();
  /** @type {Map<string, Promise<View[]>>} */
  const loading = new Map();
  /** @type {Parameters<View['show']>} */
  let shown = [null, null, null];
  let current = '';
  /** Has the view that was chosen last not been drawn yet? */
  let fresh = false;

  const nameOf = (/** @type {HTMLElement} */ tab) => /** @type {ViewName} */ (tab.dataset.view);
  const views = () => opened.get(current) ?? [];

  const panelOf = (/** @type {HTMLElement} */ tab) =>
    /** @type {HTMLElement} */ (document.getElementById(tab.getAttribute('aria-controls') ?? ''));

  /** Asks for a frame to draw what was chosen: whatever has to know its size waits for the layout of that frame. */
  function refresh() {
    fresh = true;
    onReady();
  }

  /** Makes what was chosen ready to be drawn. */
  function prepareFresh() {
    fresh = false;
    const tab = tabs.find((each) => nameOf(each) === current);
    // On a narrow page the tabs scroll sideways; the page itself is left where it is.
    if (tab) tablist.scrollLeft = tab.offsetLeft - (tablist.clientWidth - tab.offsetWidth) / 2;
    for (const view of views()) {
      view.resize();
      view.show(...shown);
    }
  }

  /**
   * The views of a panel, made when they are first wanted.
   * @param {ViewName} name
   * @returns {View[] | Promise<View[]>}
   */
  function load(name) {
    const known = opened.get(name) ?? loading.get(name);
    if (known) return known;
    const made = open[name]();
    if (Array.isArray(made)) {
      opened.set(name, made);
      return made;
    }
    const coming = made.then((found) => {
      opened.set(name, found);
      return found;
    });
    // What could not be loaded is asked for again next time.
    coming.catch(() => loading.delete(name));
    loading.set(name, coming);
    return coming;
  }

  for (const tab of tabs) {
    tab.addEventListener('click', () => onChoose(nameOf(tab)));
    // A click does not take the focus: the arrows go on stepping through time, unless one came here by keyboard.
    tab.addEventListener('mousedown', (event) => event.preventDefault());
  }
  tablist.addEventListener('keydown', (event) => {
    const seen = tabs.filter((tab) => !tab.hidden);
    const at = seen.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
    /** @type {Record<string, number>} */
    const moves = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: seen.length - 1 };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = seen[(to + seen.length) % seen.length];
    tab.focus();
    onChoose(nameOf(tab));
  });

  return {
    /** @param {ViewName} name */
    choose(name) {
      if (name === current) return;
      current = name;
      for (const tab of tabs) {
        const chosen = nameOf(tab) === name;
        tab.setAttribute('aria-selected', String(chosen));
        tab.tabIndex = chosen ? 0 : -1;
        panelOf(tab).hidden = !chosen;
      }
      const made = load(name);
      if (Array.isArray(made)) return refresh();
      made
        .then(() => {
          if (current === name) refresh();
        })
        .catch((error) => console.error(error));
    },

    /**
     * Has a view ready to be drawn, though it may not be the one that is chosen.
     * @param {ViewName} name
     */
    async prepare(name) {
      const found = await load(name);
      for (const view of found) view.show(...shown);
      await Promise.all(found.map((view) => view.settled?.()));
    },

    /**
     * Draws a view that is ready; it is seen by nobody but `look`, unless it is the one that is chosen.
     * @param {ViewName} name
     * @param {number} time
     * @param {() => void} look
     */
    reveal(name, time, look) {
      const tab = tabs.find((each) => nameOf(each) === name);
      if (!tab) return;
      const panel = panelOf(tab);
      const { hidden } = panel;
      panel.hidden = false;
      for (const view of opened.get(name) ?? []) {
        view.resize();
        view.draw(time);
      }
      look();
      panel.hidden = hidden;
    },

    /** @type {View['show']} */
    show(...next) {
      shown = next;
      for (const view of views()) view.show(...next);
    },

    /** @type {NonNullable<View['point']>} */
    point(neuron) {
      for (const view of views()) view.point?.(neuron);
    },

    /** @type {View['draw']} */
    draw(time) {
      if (fresh) prepareFresh();
      for (const view of views()) view.draw(time);
    },

    resize() {
      if (fresh) prepareFresh();
      else for (const view of views()) view.resize();
    },
  };
}
