// What is said about a picture that was read.

import { SEVERAL } from './several-words.js';

/** What was not taken for ink, by its number in `Picture.removed`; the first is not anything. */
export const REMOVED = ['', 'line of the paper', 'frame', 'shadow or table', 'speck'];

/**
 * What the picture shows, for those who do not see it.
 * @param {number} digits
 * @param {readonly number[]} removed the kinds of what was taken away
 */
export function describe(digits, removed) {
  const found =
    digits === 0 ? 'No digit was found' : digits === 1 ? 'One digit was found' : `${digits} digits were found`;
  const kinds = removed.map((kind) => REMOVED[kind]).filter(Boolean);
  const taken = kinds.length === 0 ? 'nothing was taken away' : `taken away: ${kinds.join(', ')}`;
  return `The picture as read. ${found}; ${taken}.`;
}

/**
 * What is said of a reading.
 * @param {object} reading
 * @param {number} reading.digits how many were found
 * @param {readonly number[]} reading.indices of those that are read
 * @param {boolean} reading.automatic was the sensitivity left as it is?
 * @param {readonly { name: string, sentence: string }[]} reading.notes of the picture
 * @returns {string} sentences
 */
export function sentencesOf({ digits, indices, automatic, notes }) {
  const about = new Map(notes.map(({ name, sentence }) => [name, sentence]));
  const sentences = [
    ...notes.filter(({ name }) => !['nothing', 'several'].includes(name)).map(({ sentence }) => sentence),
  ];
  if (digits === 0) {
    sentences.push((automatic && about.get('nothing')) || 'Nothing here is taken for a digit.');
    if (automatic) sentences.push('If it shows one, try more ink.');
  }
  if (digits > 1) {
    sentences.push(SEVERAL);
    sentences.push(
      indices.length > 1 ? 'Now it reads them as one.' : `Now it reads number ${indices[0] + 1} of ${digits}.`,
    );
  }
  return sentences.join(' ');
}

/**
 * The position of the slider in words.
 * @param {number} sensitivity
 */
export function inkWords(sensitivity) {
  if (sensitivity === 0) return 'automatic';
  return `${Math.round(Math.abs(sensitivity) * 100)} % ${sensitivity > 0 ? 'more' : 'less'} ink`;
}
