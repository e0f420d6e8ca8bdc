// Shows several views at once, one below the other: what a figure has in place of the page's tabs.

/** @import { CreateView, Page, View, ViewEntry } from '../views/types.js' */
/** @import { Tabs } from '../views/tabs.js' */

import { moduleError } from '../simulator/fetch.js';
import { messageOf } from '../ui/errors.js';
import { createTrouble } from '../ui/trouble.js';

/**
 * @typedef {object} Place
 * @property {string} name of the view
 * @property {HTMLElement} root
 * @property {() => CreateView | Promise<CreateView>} load
 */

/**
 * @param {readonly Place[]} places
 * @param {Page} page
 * @param {() => boolean} isAwaited is a digit to come that nobody has to draw?
 * @returns {Tabs}
 */
export function createStack(places, page, isAwaited) {
  const controller = new AbortController();
  const { signal } = controller;
  /** @type {Map<string, View>} */
  const views = new Map();
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();
  /** The views that have been drawn as they are first shown. @type {Set<string>} */
  const placed = new Set();
  /** @type {Parameters<View['show']>} */
  let shown = [null, null, null];

  /** @param {Place} place */
  async function open(place) {
    try {
      // The instrument is made first.
      await null;
      const create = await place.load();
      if (signal.aborted) return;
      const view = create(place.root, page);
      view.resize();
      view.show(...shown);
      views.set(place.name, view);
      page.requestFrame();
    } catch (error) {
      if (signal.aborted) return;
      const isMissing = error instanceof TypeError;
      const reason = messageOf(isMissing ? await moduleError(`The view “${place.name}”`, error) : error);
      place.root.classList.remove('waiting');
      place.root.append(createTrouble(reason, () => loading.set(place.name, open(place))));
    }
  }

  for (const place of places) {
    place.root.classList.add('waiting');
    loading.set(place.name, open(place));
  }
  const all = () => [...views.values()];

  return {
    choose() {},

    async prepare(name) {
      await loading.get(name);
      await views.get(name)?.settled?.();
    },

    reveal(name, time, look) {
      views.get(name)?.resize();
      views.get(name)?.draw(time);
      look();
    },

    show(...next) {
      shown = next;
      for (const view of all()) view.show(...next);
    },

    point(neuron) {
      for (const view of all()) view.point?.(neuron);
    },

    draw(time) {
      const [recording, network] = shown;
      for (const { name, root } of places) {
        const view = views.get(name);
        view?.draw(time);
        if (!view || !network || (!recording && isAwaited())) continue;
        // Shown a frame after it has its place: what appears and moves in one frame counts as a shift.
        if (placed.has(name)) root.classList.remove('waiting');
        else page.requestFrame();
        placed.add(name);
      }
    },

    resize() {
      for (const view of all()) view.resize();
    },

    destroy() {
      controller.abort();
      for (const view of all()) view.destroy();
    },
  };
}
