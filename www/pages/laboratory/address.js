// Reads and writes a link to the laboratory: `#sweep=norse&pair=snntorch,bindsnet&neuron=norse,nengo&changes=decode,bias`.

/**
 * @typedef {object} Address
 * @property {string} sweep a dialect
 * @property {string} pair two dialects, joined by a comma
 * @property {string} neuron two dialects, joined by a comma
 * @property {string} changes ids of changes, joined by commas
 * @property {string} network a network: see network-choice.js
 * @property {string} images how many test images are measured
 */

/** @returns {Partial<Address>} */
export function readAddress() {
  const hash = location.hash.slice(1);
  // Without an equals sign it is the id of a section.
  return hash.includes('=') ? Object.fromEntries(new URLSearchParams(hash)) : {};
}

/** @param {Partial<Address>} change */
export function writeAddress(change) {
  const parameters = new URLSearchParams({ ...readAddress(), ...change });
  history.replaceState(history.state, '', `#${parameters.toString().replaceAll('%2C', ',')}`);
}
