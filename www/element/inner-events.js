// Events of the controls within a figure stay within it: a host page would take them for events of the element, or of its own.

/** Events that leave a shadow root by themselves, and that the element has under the same name. */
const OWN = ['input', 'change'];

/** What a pen does on the pad must not turn the pages of a slide show. */
const STROKES = [
  'pointerdown',
  'pointermove',
  'pointerup',
  'mousedown',
  'touchstart',
  'touchmove',
  'touchend',
  'click',
];

/**
 * @param {HTMLElement} figure
 * @param {HTMLElement} instrument holds the pad
 */
export function stopInnerEvents(figure, instrument) {
  for (const type of OWN) figure.addEventListener(type, (event) => event.stopPropagation());
  for (const type of STROKES) {
    instrument.addEventListener(
      type,
      (event) => {
        if (event.target instanceof Element && event.target.closest('.paper, input, .raster')) event.stopPropagation();
      },
      { passive: true },
    );
  }
  // A key that does something here does nothing outside.
  figure.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) event.stopPropagation();
  });
}
