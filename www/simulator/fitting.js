// Fits MNIST's images to networks that take pictures of other sizes.

import { PIXELS, SIDE, sideOf } from './dimensions.js';

/**
 * A digit in the simulator's memory, as a build for networks of any size has it.
 * @typedef {{ ink(): Uint8Array, resized(side: number): AnyDigit | undefined, free(): void }} AnyDigit
 */

/**
 * Images as a network sees them: each pixel has the mean ink of the area that it covers.
 * @param {{ Digit: { fromInk(ink: Uint8Array): AnyDigit | undefined } }} api
 * @param {Uint8Array} ink images of 28 x 28 pixels, one behind the other
 * @param {number} inputs of the network, a square number
 * @returns {Uint8Array} `ink` itself where the network takes 28 x 28 pixels
 */
export function fitImages({ Digit }, ink, inputs) {
  const side = sideOf({ length: inputs });
  if (side === SIDE) return ink;
  const images = ink.length / PIXELS;
  const fitted = new Uint8Array(images * inputs);
  for (let i = 0; i < images; i++) {
    const digit = Digit.fromInk(ink.subarray(i * PIXELS, (i + 1) * PIXELS));
    const resized = digit?.resized(side);
    if (resized) fitted.set(resized.ink(), i * inputs);
    resized?.free();
    digit?.free();
  }
  return fitted;
}
