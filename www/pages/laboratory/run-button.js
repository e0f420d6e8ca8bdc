// The button of a section that starts its measurement.

import { find } from '../../ui/dom.js';

/**
 * @param {ParentNode} root holds the button
 * @param {() => void} onRun
 * @returns {{ destroy: () => void }}
 */
export function createRunButton(root, onRun) {
  const button = find(root, '.run', HTMLButtonElement);
  button.disabled = false;
  button.addEventListener('click', onRun);
  return {
    destroy() {
      button.removeEventListener('click', onRun);
      button.disabled = true;
    },
  };
}
