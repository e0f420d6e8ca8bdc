// The view of the parameters: the form, and below it what measures how well the network reads with them.

/** @import { createMeasuringPanel } from '../measuring/measuring-panel.js' */
/** @import { CreateView, Page } from '../views/types.js' */

import { parametersOf } from '../views/parameters.js';

/**
 * @param {Parameters<typeof parametersOf>[0]} form
 * @param {((root: HTMLElement, page: Page) => ReturnType<typeof createMeasuringPanel>) | null} createPanel null where nothing is
 *   measured
 * @returns {CreateView}
 */
export function parametersViewOf(form, createPanel) {
  const createForm = parametersOf(form);
  return (root, page) => {
    const made = createForm(root, page);
    const panel = createPanel?.(root, page);
    return {
      ...made,
      show(...shown) {
        made.show(...shown);
        panel?.show(shown[1]);
      },
      resize() {
        panel?.resize();
      },
      destroy() {
        panel?.destroy();
        made.destroy();
      },
    };
  };
}
