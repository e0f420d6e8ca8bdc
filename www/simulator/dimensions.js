// The sizes of the pad and of the picture that its drawing becomes. A network's own sizes are in `network.sizes`.

/** Canvas units along each side of the pad, whatever its size on the page. */
export const CANVAS = 280;

/** Pixels along each side of a picture, as in MNIST. */
export const SIDE = 28;

/** Pixels of a picture. */
export const PIXELS = SIDE * SIDE;

/** Canvas units along each side of a pixel. */
export const CELL = CANVAS / SIDE;

/** Neurons of each layer of the network that ships, for the layout until it is loaded. */
export const SHIPPED_SIZES = [784, 128, 10];

/** The side of a square picture. @param {ArrayLike<number>} pixels */
export function sideOf({ length }) {
  return Math.round(Math.sqrt(length));
}
