// Light and dark: the system's choice until a person makes their own.

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
 * @param {() => void} onChange the colours are others now
 */
export function createTheme(button, chosen, choose, onChange) {
  const show = () => {
    const night = isDark(chosen());
    mark(document.documentElement, 'data-theme', night ? 'dark' : 'light');
    mark(button, 'aria-pressed', night);
  };
  const change = () => {
    show();
    onChange();
  };
  button.addEventListener('click', () => {
    choose(isDark(chosen()) ? 'light' : 'dark');
    change();
  });
  dark.addEventListener('change', change);
  show();
}
