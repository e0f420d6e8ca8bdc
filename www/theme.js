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
    const night = isDark(chosen());
    document.documentElement.dataset.theme = night ? 'dark' : 'light';
    button.setAttribute('aria-pressed', String(night));
    onChange();
  };
  button.addEventListener('click', () => {
    choose(isDark(chosen()) ? 'light' : 'dark');
    show();
  });
  dark.addEventListener('change', show);
  show();
}
