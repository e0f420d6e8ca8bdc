// What explains the page to a first visitor: its words, its small neuron, the sentence under the stage, and "Fool it".

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { stepOf } from '../../www/explain/neuron-step.js';
import { TERMS } from '../../www/explain/terms.js';
import { instrumentMarkup } from '../../www/instrument/markup.js';
import { judged } from '../../www/pages/app/fool-it.js';
import { spikeCounts } from '../../www/views/spike-brightness.js';
import { leadOf, stageWords } from '../../www/views/stage-words.js';
import { createRandom } from './support/random.js';
import { randomRecording } from './support/recordings.js';

/** @import { Verdict } from '../../www/simulator/types.js' */

const ROOT = path.resolve(import.meta.dirname, '..', '..');

describe('the glossary', () => {
  test('has every word that the page underlines', () => {
    const html = readFileSync(path.join(ROOT, 'www', 'pages', 'index.html'), 'utf8') + instrumentMarkup('', true);
    const words = [...html.matchAll(/data-term="([^"]+)"/g)].map(([, word]) => word);
    assert.ok(words.length >= 10);
    for (const word of words) assert.ok(word in TERMS, word);
  });

  test('says each word in a few sentences', () => {
    for (const [name, { name: term, text }] of Object.entries(TERMS)) {
      assert.ok(term && text.endsWith('.') && text.length < 260, name);
    }
  });

  test('is not in the markup of other pages, which do not have it', () => {
    assert.doesNotMatch(instrumentMarkup('a-', false), /data-term/);
  });
});

test('the small neuron rises with each spike, leaks, fires at its threshold, and starts again from 0', () => {
  let potential = 0;
  let fired = 0;
  for (let i = 0; i < 10; i++) {
    const next = stepOf(potential, 1);
    if (next.fires) {
      fired += 1;
      assert.equal(next.potential, 0);
    } else assert.ok(next.potential > potential);
    potential = next.potential;
  }
  assert.ok(fired > 0);
  const full = stepOf(0, 1).potential;
  assert.ok(stepOf(full, 0).potential < full && stepOf(full, 0).potential > 0);
  // Spikes that come too seldom never make it fire.
  potential = 0;
  for (let i = 0; i < 200; i++) {
    const { potential: next, fires } = stepOf(potential, Number(i % 10 === 0));
    assert.equal(fires, false);
    potential = next;
  }
});

describe('the sentence under the stage', () => {
  /**
   * A network of 12 hidden neurons and 10 outputs.
   * @param {Record<number, number>} [weights] of hidden neurons to class 7; the others are small
   */
  function network(weights = {}) {
    const last = new Float32Array(120).fill(0.01);
    for (const [neuron, weight] of Object.entries(weights)) last[Number(neuron) * 10 + 7] = weight;
    return { sizes: [784, 12, 10], layout: new Uint16Array(0), weights: [new Float32Array(784 * 12), last] };
  }

  test('names the neurons that made the difference between the class that leads and the next one', () => {
    const run = randomRecording(createRandom(4), 60);
    const counts = spikeCounts(run.layers[1]);
    const [most, second] = [...counts.keys()]
      .filter((neuron) => counts[neuron] > 0)
      .sort((a, b) => counts[b] - counts[a]);
    assert.ok(second !== undefined);
    // The second one makes up for fewer spikes by a larger weight.
    const weights = { [most]: 1, [second]: 3 * counts[most] };
    const lead = leadOf(network(weights), run, 60);
    assert.deepEqual([lead?.leader, lead?.neurons], [7, [second, most]]);
    assert.match(
      stageWords(network(weights), run, 60, false),
      new RegExp(`^7 .*Hidden ${second} and ${most} contributed most`),
    );
  });

  test('takes the class with the higher potential where the next ones have as many votes', () => {
    const run = randomRecording(createRandom(5), 20);
    const silent = { ...run, counts: new Uint32Array(200), winners: new Int16Array(20).fill(7) };
    const potentials = run.layers[2].membranes.slice(190, 200);
    potentials[7] = Number.NEGATIVE_INFINITY;
    assert.equal(leadOf(network(), silent, 20)?.next, potentials.indexOf(Math.max(...potentials)));
    assert.match(stageWords(network(), silent, 20, false), /^7 and \d have equally many votes/);
  });

  test('tells no answer that is hidden, and nothing before there is one', () => {
    const run = randomRecording(createRandom(6));
    for (const words of [
      stageWords(network(), run, 20, true),
      stageWords(network(), null, 0, false),
      stageWords(null, null, 0, false),
      stageWords(network(), run, 0, false),
    ]) {
      assert.equal(words, '');
    }
    const nobody = { ...run, winners: new Int16Array(20).fill(-1) };
    assert.match(stageWords(network(), nobody, 20, false), /^No output has fired yet/);
  });
});

describe('“Fool it”', () => {
  /** @param {number | null} digit @param {boolean} sure */
  const verdict = (digit, sure) => /** @type {Verdict} */ (/** @type {unknown} */ ({ digit, sure }));

  test('is won where the network is sure, and wrong', () => {
    assert.equal(judged(4, verdict(9, true), false).fooled, true);
    for (const [answer, several] of /** @type {const} */ ([
      [verdict(9, false), false],
      [verdict(4, true), false],
      [verdict(4, false), false],
      [verdict(null, false), false],
      [verdict(9, true), true],
      [null, false],
    ])) {
      assert.equal(judged(4, answer, several).fooled, false);
    }
  });

  test('has the right article', () => {
    assert.match(judged(8, verdict(3, true), false).text, /an 8/);
    assert.match(judged(7, verdict(3, true), false).text, /a 7/);
  });
});
