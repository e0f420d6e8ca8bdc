// The layout of most views below the stage: a figure below the scrubber, and text and numbers beside it.

/** @import { Page } from './types.js' */

import { make } from '../ui/dom.js';

/**
 * @param {HTMLElement} root
 * @param {Page} page
 * @param {string} name of the view
 * @param {string} title
 */
export function createPanel(root, page, name, title) {
  const heading = make('h3', { class: 'caption', id: page.elementId(`${name}-title`) }, title);
  const figure = make('div', { class: 'figure' });
  const beside = make('section', { class: 'beside', 'aria-labelledby': heading.id }, heading);
  const words = make('p', { class: 'words' });
  root.append(figure, beside);
  return {
    figure,
    beside,
    words,
    destroy() {
      figure.remove();
      beside.remove();
    },
  };
}
