// A dialog that opens above the page.

/**
 * A card that a button opens. Its last button and a click outside it close it.
 * @param {HTMLButtonElement} button
 * @param {HTMLDialogElement} card
 * @returns {() => void} opens it
 */
export function createCard(button, card) {
  const open = () => card.showModal();
  button.addEventListener('click', open);
  card.querySelector('.card-foot button')?.addEventListener('click', () => card.close());
  card.addEventListener('click', (event) => {
    // A click outside the card has the dialog itself as its target.
    if (event.target === card) card.close();
  });
  return open;
}
