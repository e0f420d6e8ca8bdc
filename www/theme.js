// Light and dark: the system's choice until a person makes their own.

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
    const theme = chosen();
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    button.setAttribute('aria-pressed', String(isDark(theme)));
    onChange();
  };
  button.addEventListener('click', () => {
    choose(isDark(chosen()) ? 'light' : 'dark');
    show();
  });
  dark.addEventListener('change', show);
  show();
}
