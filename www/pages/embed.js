// The page of a figure in a frame: embed.html#LINK, where LINK is what "Copy link" copies. It tells the page around it how high
// it is.

import { readEmbedLink } from '../state/embed-link.js';
import { make } from '../ui/dom.js';
import { define } from './spike-pad.js';

define();

const main = /** @type {HTMLElement} */ (document.querySelector('main'));

/** Shows what the address says. */
function show() {
  const { attributes, link } = readEmbedLink(location.hash);
  const { theme } = attributes;
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  const element = document.createElement('spike-pad');
  for (const [name, value] of Object.entries({ ...attributes, link: `#${link}`, loading: 'eager' })) {
    element.setAttribute(name, value);
  }
  const whole = make('a', { href: `./#${link}`, target: '_blank', rel: 'noopener' }, 'Open in Spikepad');
  main.replaceChildren(make('h1', {}, 'A spiking neural network reads a digit'), element, make('footer', {}, whole));
}

/** Tells the page around this one the height of this one, CSS pixels. */
function tellHeight() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  window.parent.postMessage({ type: 'spikepad:height', height }, '*');
  // Where the frame has `frame-sizing: content-height`, the browser itself takes the height over.
  try {
    Reflect.get(window, 'requestResize')?.call(window);
  } catch {
    // The page around this one does not want it.
  }
}

window.addEventListener('hashchange', show);
show();
if (window.parent !== window) new ResizeObserver(tellHeight).observe(document.documentElement);
