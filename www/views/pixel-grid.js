// A picture with one pixel per neuron, enlarged without smoothing. It shows the input, and layers too dense for discs.

/**
 * @param {number} columns
 * @param {number} rows
 */
export function createPixelGrid(columns, rows) {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(columns, rows);
  return {
    /** [red, green, blue, alpha] of every pixel, row-major. */
    data: image.data,
    /**
     * @param {CanvasRenderingContext2D} target
     * @param {number} left
     * @param {number} top
     * @param {number} width
     * @param {number} height
     * @param {boolean} [smooth] mix pixels that are smaller than those of the target?
     */
    draw(target, left, top, width, height, smooth = false) {
      context.putImageData(image, 0, 0);
      target.imageSmoothingEnabled = smooth;
      target.drawImage(canvas, left, top, width, height);
    },
  };
}

/** @typedef {ReturnType<typeof createPixelGrid>} PixelGrid */
