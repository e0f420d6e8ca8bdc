// Is the page that a figure stands in light or dark? Told by what is painted behind the figure, because host pages choose their
// themes in many ways.

/** A colour that computed styles write, `rgb(0, 0, 0)` or `rgba(0, 0, 0, 0)`. */
const RGB = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?\)$/;

/** Backgrounds that are less opaque than this show what is behind them. */
const OPAQUE = 0.5;

const prefersDark = () => matchMedia('(prefers-color-scheme: dark)');

/** @param {Element} element @returns {Element | null} its parent, also beyond a shadow root */
function parentOf(element) {
  const { parentNode } = element.assignedSlot ?? element;
  return parentNode instanceof ShadowRoot ? parentNode.host : parentNode instanceof Element ? parentNode : null;
}

/** @param {Element} element @returns {boolean} is what is behind it dark? */
export function isOnDark(element) {
  for (let each = /** @type {Element | null} */ (element); each; each = parentOf(each)) {
    const { backgroundColor, colorScheme } = getComputedStyle(each);
    const [, red, green, blue, alpha = '1'] = RGB.exec(backgroundColor) ?? [];
    // Weights of the luminance in Rec. 709.
    if (red && Number(alpha) > OPAQUE) return 0.2126 * +red + 0.7152 * +green + 0.0722 * +blue < 128;
    if (each === document.documentElement)
      return /dark/.test(colorScheme) && (!/light/.test(colorScheme) || prefersDark().matches);
  }
  return false;
}

/**
 * Calls `onChange` when the theme of the host page may have changed.
 * @param {() => void} onChange
 * @returns {() => void} ends it
 */
export function watchHostTheme(onChange) {
  const query = prefersDark();
  const observer = new MutationObserver(onChange);
  for (const each of [document.documentElement, document.body]) {
    if (each)
      observer.observe(each, {
        attributes: true,
        attributeFilter: ['class', 'style', 'data-theme', 'data-mode', 'data-bs-theme', 'data-jp-theme-light'],
      });
  }
  query.addEventListener('change', onChange);
  // A background that changes gradually has its last colour when its transition ends.
  document.addEventListener('transitionend', onChange);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', onChange);
    document.removeEventListener('transitionend', onChange);
  };
}
