// A card about one neuron of the stage: its name, how often it has fired, its weights. It stays until it is closed. Loaded when a
// neuron is first tapped.

/** @import { Network, Neuron, Recording } from '../simulator/types.js' */

import { make, say } from '../ui/dom.js';
import { count, percent } from '../ui/number-format.js';
import { connectionsOf } from './connections.js';
import { displayOrder, layerName, neuronName, pixelName } from './layers.js';
import { createSignedMap } from './signed-map.js';
import { spikeCounts } from './spike-brightness.js';

/** Neurons that are named for each sign. */
const NAMED = 3;

/** Distance from the neuron, and the width that the card may take, CSS pixels: see styles/neuron-card.css. */
const GAP = 20;
const WIDTH = 248;

/**
 * What the card asks of its stage.
 * @typedef {object} Shown
 * @property {Network} network
 * @property {Recording | null} recording
 * @property {boolean} hidden is the neuron one that tells the answer, which is hidden?
 */

/**
 * @param {HTMLElement} frame in which the stage lies; the card is over it, or at the foot of a narrow window
 * @param {object} handlers
 * @param {(neuron: Neuron) => void} handlers.onInspect
 * @param {() => void} handlers.onClose
 */
export function createNeuronCard(frame, { onInspect, onClose }) {
  const title = make('h3', {});
  const fired = make('p', { class: 'fired' });
  const map = createSignedMap();
  const lines = make('div', {});
  const inside = make('button', { type: 'button', class: 'button' }, 'Look inside');
  const close = make('button', { type: 'button', class: 'icon', 'aria-label': 'Close', title: 'Close' }, '×');
  const element = make(
    'div',
    { class: 'neuron-card', role: 'group', 'aria-live': 'polite' },
    make('header', {}, title, close),
    fired,
    make('div', { class: 'neuron-weights' }, map.element, lines),
    inside,
  );
  /** @type {{ neuron: Neuron } & Shown | null} */
  let now = null;

  close.addEventListener('click', () => onClose());
  inside.addEventListener('click', () => now && onInspect(now.neuron));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  });

  /** @param {{ neuron: Neuron } & Shown} what */
  function describe({ neuron, network, hidden }) {
    const { layer, index } = neuron;
    const { sizes } = network;
    const pixel = pixelName(sizes, index);
    say(title, layer === 0 ? `Pixel in ${pixel}` : neuronName(sizes, neuron));
    inside.hidden = layer === 0 || hidden;
    map.element.hidden = layer === 0 || hidden;
    lines.replaceChildren();
    if (hidden) return lines.append(make('p', {}, 'Hidden by the link.'));
    if (layer > 1) lines.append(...listens(network, neuron));
    if (layer < sizes.length - 1) lines.append(...pushes(network, neuron));
    if (layer === 0) return;
    map.setName(`Weights from ${layer === 1 ? 'the pixels' : layerName(sizes, layer - 1).toLowerCase()}`);
    map.resize();
    const weights = new Float32Array(sizes[layer - 1]);
    for (let i = 0; i < weights.length; i++) weights[i] = network.weights[layer - 1][i * sizes[layer] + index];
    map.draw(weights, layer === 1 ? null : displayOrder(network, sizes, layer - 1));
  }

  return {
    /**
     * @param {Neuron} neuron
     * @param {Shown} shown
     * @param {readonly [x: number, y: number]} at its place in the frame, CSS pixels
     */
    show(neuron, shown, [x, y]) {
      now = { neuron, ...shown };
      frame.append(element);
      const { width, height } = frame.getBoundingClientRect();
      const right = x + GAP + WIDTH <= width;
      element.style.setProperty('--x', `${right ? x + GAP : Math.max(0, x - GAP - WIDTH)}px`);
      describe(now);
      const top = Math.min(Math.max(0, y - 32), Math.max(0, height - element.offsetHeight));
      element.style.setProperty('--y', `${top}px`);
      // At the foot of a narrow window the card must not lie over the stage.
      const over = frame.getBoundingClientRect().bottom - element.getBoundingClientRect().top;
      if (over > 0 && getComputedStyle(element).position === 'fixed') scrollBy({ top: over + GAP });
    },

    /** @param {number} step whole steps so far */
    draw(step) {
      if (!now) return;
      const { neuron, recording, hidden } = now;
      if (!recording || hidden) return say(fired, 'Nothing is presented to it yet.');
      const { layer, index } = neuron;
      const spikes = spikeCounts(recording.layers[layer], step)[index];
      const ink = layer === 0 ? `, ink ${percent(recording.digitInk[index] / 255, 0)}` : '';
      say(fired, `${count(spikes)} spikes in ${count(step)} steps${ink}`);
    },

    remove() {
      now = null;
      element.remove();
    },
  };
}

/** What a neuron of a later layer listens to. @param {Network} network @param {Neuron} neuron */
function listens(network, neuron) {
  const names = (/** @type {1 | -1} */ sign) =>
    strongest(network, neuron, neuron.layer, sign).map(({ from }) => String(from));
  const before = layerName(network.sizes, neuron.layer - 1).toLowerCase();
  return words('Pushed up by', 'Pushed down by', names, before);
}

/** What a neuron pushes. @param {Network} network @param {Neuron} neuron */
function pushes(network, neuron) {
  const names = (/** @type {1 | -1} */ sign) =>
    strongest(network, neuron, neuron.layer + 1, sign).map(({ to }) => String(to));
  const after = layerName(network.sizes, neuron.layer + 1).toLowerCase();
  return words('Pushes up', 'Pushes down', names, after);
}

/**
 * @param {string} up
 * @param {string} down
 * @param {(sign: 1 | -1) => readonly string[]} names
 * @param {string} layer
 */
function words(up, down, names, layer) {
  const line = (/** @type {string} */ kind, /** @type {string} */ text, /** @type {readonly string[]} */ of) =>
    of.length > 0
      ? [
          make(
            'p',
            {},
            make('span', { class: `wire ${kind}`, 'aria-hidden': 'true' }),
            ` ${text} ${layer} ${of.join(', ')}`,
          ),
        ]
      : [];
  return [...line('excite', up, names(1)), ...line('inhibit', down, names(-1))];
}

/**
 * The strongest connections of one sign, the strongest first.
 * @param {Network} network
 * @param {Neuron} neuron
 * @param {number} into the layer that they lead into
 * @param {1 | -1} sign
 */
function strongest(network, neuron, into, sign) {
  return connectionsOf(network, neuron, into, NAMED)
    .filter(({ weight }) => Math.sign(weight) === sign)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}
