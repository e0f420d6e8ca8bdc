// The light and the dark theme: the system chooses until the user does.

import { mark } from './dom.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** @param {'auto' | 'light' | 'dark'} theme */
function isDark(theme) {
  return theme === 'auto' ? dark.matches : theme === 'dark';
}

/**
 * @param {HTMLElement} button
 * @param {() => 'auto' | 'light' | 'dark'} chosen
 * @param {(theme: 'light' | 'dark') => void} choose
 * @param {() => void} onChange called when the colours have changed
 * @param {HTMLElement} [root] the element that has the theme
 */
export function createTheme(button, chosen, choose, onChange, root = button.ownerDocument.documentElement) {
  const controller = new AbortController();
  const { signal } = controller;
  const show = () => {
    const isDarkNow = isDark(chosen());
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
      choose(isDark(chosen()) ? 'light' : 'dark');
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
