// Ten digits to start from: strokes that are drawn onto the pad as if by hand, and can be changed there.

/** @import { Point, Stroke } from '../simulator/types.js' */
/** @import { Drawing } from './drawing.js' */

/** @typedef {{ id: string, label: number, strokes: Stroke[] }} Sample */

/** How long it takes to draw a sample, ms. */
const DRAWN_IN = 650;

const SVG = 'http://www.w3.org/2000/svg';

const NAMES = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** @param {URL} url @returns {Promise<Sample[]>} */
export async function loadSamples(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The samples could not be loaded: the server answered ${response.status}.`);
  return response.json();
}

/**
 * A button for each digit; pressing one again takes the next hand that wrote it.
 * @param {HTMLElement} list
 * @param {readonly Sample[]} samples
 * @param {(sample: Sample) => void} onChoose
 * @returns {(digit: number) => void} chooses a digit as its button does
 */
export function createSamples(list, samples, onChoose) {
  const turns = new Array(10).fill(0);
  const choose = (/** @type {number} */ digit) => {
    const hands = samples.filter(({ label }) => label === digit);
    if (hands.length === 0) return;
    onChoose(hands[turns[digit] % hands.length]);
    turns[digit] += 1;
  };
  for (const [digit, name] of NAMES.entries()) {
    const sample = samples.find(({ label }) => label === digit);
    if (!sample) continue;
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sample';
    button.title = `Draw a ${name}`;
    button.setAttribute('aria-label', `Draw a sample ${digit}`);
    button.append(picture(sample));
    button.addEventListener('click', () => choose(digit));
    item.append(button);
    list.append(item);
  }
  return choose;
}

/** @param {Sample} sample */
function picture({ strokes }) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '28 28 224 224');
  svg.setAttribute('aria-hidden', 'true');
  for (const stroke of strokes) {
    const line = document.createElementNS(SVG, 'polyline');
    line.setAttribute('points', stroke.map(([x, y]) => `${x},${y}`).join(' '));
    svg.append(line);
  }
  return svg;
}

/**
 * Draws strokes onto the pad, in the place of what is there, over a moment or at once.
 * @param {Drawing} drawing
 */
export function createHand(drawing) {
  let turn = 0;
  let guest = false;

  function stop() {
    turn += 1;
    if (!guest) return;
    guest = false;
    drawing.restore({ strokes: [], picture: null });
  }

  return {
    /** Is what is on the pad something that nobody asked for? */
    get guest() {
      return guest;
    },

    /**
     * @param {readonly Stroke[]} strokes
     * @param {boolean} atOnce
     * @param {boolean} [unasked] does it make way, without a trace, for whatever comes after?
     */
    draw(strokes, atOnce, unasked = false) {
      stop();
      const mine = turn;
      guest = unasked;
      const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
      drawing.turnOver();
      if (atOnce) {
        drawing.sketch(strokes, 'settled');
        return;
      }
      const began = performance.now();
      const frame = (/** @type {number} */ now) => {
        if (mine !== turn) return;
        const share = Math.min(Math.max((now - began) / DRAWN_IN, 0), 1);
        drawing.sketch(firstPoints(strokes, Math.max(1, Math.round(share * points))), share < 1 ? 'ink' : 'settled');
        if (share < 1) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    },

    /** Leaves off, because somebody else took the pen. */
    stop,
  };
}

/**
 * @param {readonly Stroke[]} strokes
 * @param {number} most
 * @returns {Stroke[]}
 */
function firstPoints(strokes, most) {
  /** @type {Stroke[]} */
  const first = [];
  let left = most;
  for (const stroke of strokes) {
    if (left <= 0) break;
    first.push(left >= stroke.length ? stroke : /** @type {readonly Point[]} */ (stroke.slice(0, left)));
    left -= stroke.length;
  }
  return first;
}
