// Finds, makes and changes elements.

/**
 * An element of the document, for entries: components find their elements in their own root.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function element(id, type) {
  return partsOf(document)(id, type);
}

/**
 * The first element within another that matches a selector.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 */
export function find(root, selector, type) {
  const found = root.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`There is no ${type.name} that matches ${selector}.`);
  return found;
}

/** @typedef {ReturnType<typeof partsOf>} Parts */

/**
 * Finds elements within a root by their ids.
 * @param {ParentNode} root
 * @param {string} [prefix] what the ids of this root begin with, so that several roots share a page
 */
export function partsOf(root, prefix = '') {
  /**
   * @template {HTMLElement} T
   * @param {string} name the id without the prefix
   * @param {new () => T} type
   * @returns {T}
   */
  return (name, type) => find(root, `[id="${prefix}${name}"]`, type);
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
 * Sets a text only if it differs, so that an equal one causes no layout and no announcement. Changes the existing text
 * node, which costs a browser less than a new one.
 * @param {Element} target holds only text
 * @param {string} text
 */
export function say(target, text) {
  const { firstChild } = target;
  if (!(firstChild instanceof Text)) target.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}

/**
 * Sets an attribute only if it differs: a browser treats an equal value as a change too.
 * @param {Element} target
 * @param {string} name
 * @param {string | number | boolean} value
 */
export function mark(target, name, value) {
  if (target.getAttribute(name) !== String(value)) target.setAttribute(name, String(value));
}
