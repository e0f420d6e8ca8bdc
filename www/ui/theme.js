// The light and the dark theme: the system chooses until the user does.

import { mark } from './dom.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** @typedef {'auto' | 'light' | 'dark'} Theme */

/** @param {Theme} theme */
function isDark(theme) {
  return theme === 'auto' ? dark.matches : theme === 'dark';
}

/**
 * @param {HTMLElement} button
 * @param {{ readonly now: { readonly theme: Theme }, set(part: { theme: Theme }): void }} preferences that keep the choice
 * @param {() => void} [onChange] called when the colours have changed
 * @param {HTMLElement} [root] the element that has the theme
 */
export function createTheme(button, preferences, onChange = () => {}, root = button.ownerDocument.documentElement) {
  const controller = new AbortController();
  const { signal } = controller;
  const show = () => {
    const isDarkNow = isDark(preferences.now.theme);
    mark(root, 'data-theme', isDarkNow ? 'dark' : 'light');
    mark(button, 'aria-pressed', isDarkNow);
  };
  const change = () => {
    show();
    onChange();
  };
  button.addEventListener(
    'click',
    () => {
      preferences.set({ theme: isDark(preferences.now.theme) ? 'light' : 'dark' });
      change();
    },
    { signal },
  );
  dark.addEventListener('change', change, { signal });
  show();
  return {
    destroy() {
      controller.abort();
    },
  };
}
