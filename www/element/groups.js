// Figures that share one digit: those with the same `group`, and those that name another one by `for`.

/**
 * @typedef {object} Member
 * @property {Element} element
 * @property {string} group empty for none
 * @property {string} target the id of the element whose digit it shows; empty for none
 * @property {() => Sheet} sheet what it shows
 * @property {(sheet: Sheet, change: Change) => void} follow another member has changed its digit
 *
 * @import { Change, Sheet } from '../pad/drawing.js'
 */

/** The figures that are connected. @type {Set<Member>} */
const members = new Set();

/** The element that a member names, if it is there. @param {Member} member */
function targetOf({ element, target }) {
  const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  return target ? [...members].find((each) => each.element === root.getElementById?.(target)) : undefined;
}

/** @param {Member} a @param {Member} b @returns {boolean} do they name each other, or the same group? */
function areLinked(a, b) {
  return (a.group !== '' && a.group === b.group) || targetOf(a) === b || targetOf(b) === a;
}

/** All members that share the digit of one, without it. @param {Member} member */
function othersOf(member) {
  const found = new Set([member]);
  for (const each of found) for (const other of members) if (areLinked(each, other)) found.add(other);
  found.delete(member);
  return found;
}

/**
 * A figure is connected, or its group has changed. It takes the digit of its group, or gives it its own.
 * @param {Member} member
 */
export function join(member) {
  members.add(member);
  const others = [...othersOf(member)];
  const isBlank = (/** @type {Sheet} */ { strokes, picture }) => strokes.length === 0 && !picture;
  const shown = others.find((other) => !isBlank(other.sheet()));
  if (shown) member.follow(shown.sheet(), 'settled');
  else if (!isBlank(member.sheet())) share(member, 'settled');
}

/** @param {Member} member is no longer connected */
export function leave(member) {
  members.delete(member);
}

/**
 * Shows the digit of a member in the others of its group.
 * @param {Member} member
 * @param {Change} change
 */
export function share(member, change) {
  for (const other of othersOf(member)) other.follow(member.sheet(), change);
}
