// The colour of a class. There are ten hues; if there are more classes, they repeat.

/** @import { Palette } from '../ui/canvas-surface.js' */

const HUES = 10;

/**
 * @param {Palette} palette
 * @param {number} index of the class
 */
export function classColour({ classes }, index) {
  return classes[index % classes.length];
}

/**
 * Sets the hue of an element for the style sheet.
 * @param {HTMLElement} element
 * @param {number | null} index of the class; null for none
 */
export function setHue(element, index) {
  if (index === null) element.style.removeProperty('--hue');
  else element.style.setProperty('--hue', `var(--class-${index % HUES})`);
}
