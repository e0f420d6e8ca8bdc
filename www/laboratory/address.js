// What of the laboratory a link carries: `#sweep=norse&pair=snntorch,bindsnet&changes=decode,bias&images=1000`.

/**
 * @typedef {object} Address
 * @property {string} sweep a dialect
 * @property {string} pair two dialects, joined by a comma
 * @property {string} changes of the suspects, joined by commas
 * @property {string} images how many are measured
 */

/** @returns {Partial<Address>} what the address of the page says, as far as it is one of these */
export function readAddress() {
  const hash = location.hash.slice(1);
  // Without a sign of equality it names a place on the page.
  return hash.includes('=') ? Object.fromEntries(new URLSearchParams(hash)) : {};
}

/** @param {Partial<Address>} change */
export function writeAddress(change) {
  const kept = new URLSearchParams({ ...readAddress(), ...change });
  history.replaceState(history.state, '', `#${kept.toString().replaceAll('%2C', ',')}`);
}
