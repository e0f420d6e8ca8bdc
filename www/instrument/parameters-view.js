// The view of the parameters: the form, and below it what measures how well the network reads with them.

/** @import { MeasuringOptions } from '../measuring/measuring-panel.js' */
/** @import { CreateView } from '../views/types.js' */

import { createMeasuringPanel } from '../measuring/measuring-panel.js';
import { parametersOf } from '../views/parameters.js';

/**
 * @param {Parameters<typeof parametersOf>[0]} form
 * @param {MeasuringOptions | null} measuring null where there are no test images
 * @returns {CreateView}
 */
export function parametersViewOf(form, measuring) {
  const createForm = parametersOf(form);
  return (root, page) => {
    const made = createForm(root, page);
    const panel = measuring && createMeasuringPanel(root, page, measuring);
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
