// Sets the theme before the first paint, so that the other theme is never seen. theme.js handles later changes.
const root = document.documentElement;
root.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
try {
  const { theme } = JSON.parse(localStorage.getItem('spikepad') ?? '{}');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
} catch {
  // Storage is forbidden: the page has the system's theme.
}
