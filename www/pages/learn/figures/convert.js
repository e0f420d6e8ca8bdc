// From a trained network to spikes: what the strength of the pushes does to the answers, in the laboratory's run of the question's
// network. The build measures it; the page has the results, and measures again when the reader asks for it.

/** @import { Figure, Question, Words } from '../types.js' */

import { find } from '../../../ui/dom.js';
import { sentence } from '../fill.js';
import { countSpikes } from '../neuron-model.js';
import { createPlot } from '../plot.js';
import { classBars } from './vote.js';

/** @typedef {Question & { chosen: number, votes: readonly (readonly number[])[], own: boolean, steps: number }} Data own: are the votes for the reader's digit? */

/** How often a neuron with the network's leak fires in 350 steps. @param {number} push */
const fires = (push) => String(countSpikes({ tau: 100, threshold: 1, refractory: 0, reset: 'zero' }, push, 350));

/** The factor in words. @param {number} power of 2 */
const factor = (power) => (power < 0 ? `1/${2 ** -power}` : String(2 ** power));

/** @param {number} share */
const percent = (share) => `${Math.round(100 * share)} %`;

/** @param {number} right @param {number} images */
const accuracy = (right, images) => `${((100 * right) / images).toFixed(1)} %`;

/** @param {Data} data @param {Words} words */
function drawCurve({ points, chosen, images }, words) {
  const plot = createPlot({
    x: {
      from: points[0].power,
      to: points[points.length - 1].power,
      ticks: points.map(({ power }) => power).filter((power) => power % 2 === 0),
      name: words.factor,
      say: factor,
    },
    y: { from: 0, to: 1, ticks: [0, 0.5, 1], name: words.shares, say: percent },
  });
  plot.curve(
    points.map(({ power, silent }) => [power, silent / images]),
    'curve silent',
  );
  plot.curve(
    points.map(({ power, ties }) => [power, ties / images]),
    'curve full',
  );
  plot.curve(points.map(({ power, right }) => [power, right / images]));
  plot.upright(points[chosen].power, 'upright own');
  return plot.html(sentence(words.curveLabel, { images: String(images) }));
}

/** @param {Data} data @param {Words} words */
function drawVotes({ votes, chosen, steps, own }, words) {
  const now = votes[chosen];
  const plot = createPlot({
    x: { from: -0.5, to: now.length - 0.5, ticks: now.map((_, digit) => digit), name: words.digits },
    y: { from: 0, to: steps, ticks: [0, steps], name: own ? words.votesOwn : words.votes },
  });
  // With `argmax`, the lowest of equal digits wins.
  const most = Math.max(...now);
  classBars(plot, now, most > 0 ? now.indexOf(most) : null);
  return plot.html(sentence(words.votesLabel, { list: now.map((spikes, digit) => `${digit}: ${spikes}`).join(', ') }));
}

/** @type {Figure<Data>} */
export const figure = {
  measure({ recording }, { question }) {
    const chosen = question.points.findIndex(({ power }) => power === 0);
    const votes = question.votesOf?.(recording.digitInk) ?? question.points.map((point) => point.votes);
    return { ...question, chosen, votes, own: question.votesOf !== undefined, steps: question.steps };
  },

  keep: ({ chosen }, now) => ({ ...now, chosen }),

  factsOf({ points, chosen, images }) {
    const normal = points.find(({ power }) => power === 0) ?? points[0];
    const best = points.reduce((found, point) => (point.right > found.right ? point : found));
    const [weak, strong] = [points[0], points[points.length - 1]];
    const now = points[chosen];
    return {
      firesWeak: fires(0.005),
      firesRight: fires(0.5),
      firesStrong: fires(50),
      factorNow: factor(now.power),
      rightNow: accuracy(now.right, images),
      silentNow: String(now.silent),
      tiesNow: String(now.ties),
      normalRight: accuracy(normal.right, images),
      bestFactor: factor(best.power),
      bestRight: accuracy(best.right, images),
      weakFactor: factor(weak.power),
      weakSilent: String(weak.silent),
      weakRight: accuracy(weak.right, images),
      strongFactor: factor(strong.power),
      strongTies: String(strong.ties),
      strongRight: accuracy(strong.right, images),
    };
  },

  draw(data, words) {
    const facts = figure.factsOf(data, words);
    return `<div class="two">${drawCurve(data, words)}${drawVotes(data, words)}</div><p class="key"><span><span class="line"></span>${words.right}</span><span><span class="line silent"></span>${words.silent}</span><span><span class="line full"></span>${words.ties}</span></p><p class="now">${sentence(words.now, facts)}</p>`;
  },

  controls(words) {
    return `<div class="dials"><label class="dial wide"><span>${words.dial}</span><input class="slider" type="range" min="0" max="11" step="1" value="5" data-factor><output>1</output></label></div>
<p class="buttons"><button type="button" class="button" data-laboratory>${words.run}</button> <span class="laboratory-says aside" role="status">${words.about}</span></p>`;
  },

  connect(root, live) {
    const input = find(root, '[data-factor]', HTMLInputElement);
    input.addEventListener('input', () => {
      if (!live.data) return;
      const chosen = Math.min(input.valueAsNumber, live.data.points.length - 1);
      const text = factor(live.data.points[chosen].power);
      if (input.nextElementSibling) input.nextElementSibling.textContent = text;
      input.setAttribute('aria-valuetext', text);
      live.set({ ...live.data, chosen });
    });
  },
};
