// Run before the page is painted, so that a chosen theme does not flash in late. Everything else of it is in theme.js.
try {
  const { theme } = JSON.parse(localStorage.getItem('spikepad') ?? '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme holds.
}
