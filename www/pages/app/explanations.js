// Links between the parts of the page and the numbered explanations. They do not change the address, which holds the state.

/** @param {HTMLElement} root */
export function createExplanations(root) {
  root.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const target = link && root.querySelector(`[id="${link.getAttribute('href')?.slice(1)}"]`);
    if (!target) return;
    event.preventDefault();
    for (const other of root.querySelectorAll('.pointed-at')) other.classList.remove('pointed-at');
    target.classList.add('pointed-at');
    target.scrollIntoView({ block: 'nearest' });
    target.querySelector('a')?.focus({ preventScroll: true });
  });
}
