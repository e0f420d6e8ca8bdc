// Small ways to make and find the elements of the page.

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}.`);
  return found;
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Node | string)} children
 */
export function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/**
 * Sets a text only where it is another, so that nothing is laid out or spoken anew; and in the node that held the one
 * before, which costs a browser less than another node.
 * @param {Element} where holds text only
 * @param {string} text
 */
export function say(where, text) {
  const { firstChild } = where;
  if (!(firstChild instanceof Text)) where.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}

/**
 * Sets an attribute only where it is another: setting one counts as a change to the browser, whatever it was before.
 * @param {Element} where
 * @param {string} name
 * @param {string | number | boolean} value
 */
export function mark(where, name, value) {
  if (where.getAttribute(name) !== String(value)) where.setAttribute(name, String(value));
}
