// Run before the page is painted, so that no other theme flashes first. Everything else of it is in theme.js.
const root = document.documentElement;
root.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
try {
  const { theme } = JSON.parse(localStorage.getItem('spikepad') ?? '{}');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme holds.
}
