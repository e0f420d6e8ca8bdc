// The dialog in which networks are chosen, opened and described. It has one content at a time.

import { make } from '../ui/dom.js';

/** @param {HTMLElement} place holds the dialog */
export function createNetworkDialog(place) {
  const heading = make('h2', { id: 'networks-title', tabindex: '-1' });
  const body = make('div', { class: 'network-body' });
  const foot = make('div', { class: 'card-foot' });
  const card = make('dialog', { class: 'card wide networks', 'aria-labelledby': heading.id }, heading, body, foot);
  /** Called when the dialog closes. */
  let onClose = () => {};
  place.append(card);
  card.addEventListener('click', (event) => {
    // A click outside the card has the dialog itself as its target.
    if (event.target === card) card.close();
  });
  card.addEventListener('close', () => onClose());

  return {
    get open() {
      return card.open;
    },

    /**
     * Replaces the content; opens the dialog.
     * @param {string} title
     * @param {readonly (Node | string)[]} content
     * @param {readonly HTMLElement[]} buttons beside Close
     * @param {{ close?: string, onClose?: () => void }} [options] the text of the button that closes it
     */
    show(title, content, buttons, { close = 'Close', onClose: closing = () => {} } = {}) {
      onClose = closing;
      heading.textContent = title;
      body.replaceChildren(...content);
      const closeButton = make('button', { type: 'button', class: 'button' }, close);
      closeButton.addEventListener('click', () => card.close());
      foot.replaceChildren(make('span', { class: 'network-actions' }, ...buttons), closeButton);
      if (!card.open) card.showModal();
      heading.focus();
      card.scrollTop = 0;
    },

    close: () => card.close(),
  };
}

/** @typedef {ReturnType<typeof createNetworkDialog>} NetworkDialog */
