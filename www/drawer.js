// The lower half of the page: one view at a time, chosen by its tab. A view is loaded when it is first looked at.

/** @import { View } from './types.js' */
/** @import { ViewName } from './parameters.js' */

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
  /** @type {Parameters<View['show']>} */
  let shown = [null, null, null];
  let current = '';

  const nameOf = (/** @type {HTMLElement} */ tab) => /** @type {ViewName} */ (tab.dataset.view);
  const views = () => opened.get(current) ?? [];

  function refresh() {
    for (const view of views()) {
      view.resize();
      view.show(...shown);
    }
    onReady();
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
        // On a narrow page the tabs scroll sideways; the page itself is left where it is.
        if (chosen) tablist.scrollLeft = tab.offsetLeft - (tablist.clientWidth - tab.offsetWidth) / 2;
        const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
        if (panel) panel.hidden = !chosen;
      }
      const known = opened.get(name);
      if (known) return refresh();
      const made = open[name]();
      if (Array.isArray(made)) {
        opened.set(name, made);
        return refresh();
      }
      made
        .then((found) => {
          opened.set(name, found);
          if (current === name) refresh();
        })
        .catch((error) => console.error(error));
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
      for (const view of views()) view.draw(time);
    },

    resize() {
      for (const view of views()) view.resize();
    },
  };
}
