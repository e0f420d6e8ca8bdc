// The same link gives the same spikes in the page, in the element, in Node and in the native command line.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { writeLink } from '../../www/state/link.js';
import { INITIAL } from '../../www/state/parameters.js';
import { snap } from '../../www/state/stroke-codec.js';
import { strokesOf } from '../samples.js';
import { closeAll, serveFolders, visit } from './support/browser.js';
import { PACKAGE } from './support/recipes.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** The native command line, which the tests in Rust have built. */
const PROGRAM = path.join(ROOT, 'target', 'debug', 'spikepad');

/** A stroke of a pen that is pressed more and more. */
const PRESSED = strokesOf(2).map((stroke) =>
  stroke.map(([x, y], i) => snap([x, y, Math.min(30, 10 + Math.floor(i / 2))])),
);

/** States of the page. */
const STATES = [
  { strokes: strokesOf(7) },
  { strokes: strokesOf(3), steps: 61, seed: 90_210, tauM: 20 },
  { strokes: strokesOf(5), encoding: 'regular', reset: 'subtract', framing: 'drawn' },
  { strokes: strokesOf(8), steps: 40, penWidth: 26, framing: 'centred' },
  { strokes: PRESSED, steps: 40, tauM: null, maxRate: 400 },
  { strokes: strokesOf(6), damage: 'silence:0.3,noise:0.5,bits:4,drop:0.1,seed:7' },
];

after(closeAll);

/** Step and neuron of every spike of each layer. @param {any} recording */
function spikesOf({ layers }) {
  return layers.map((/** @type {any} */ { offsets, neurons }) =>
    [...neurons].map((neuron, i) => {
      const step = offsets.findIndex((/** @type {number} */ first) => first > i);
      return [step, neuron];
    }),
  );
}

test('the same link gives the same spikes everywhere', async () => {
  const { loadSimulator } = await import(path.join(PACKAGE, 'simulator.js'));
  const simulator = await loadSimulator();
  const host = await serveFolders({ '/spikepad/': PACKAGE, '/': path.join(ROOT, 'dist') });
  for (const state of STATES) {
    const link = writeLink(/** @type {any} */ ({ ...INITIAL, ...state }), []);
    const { damage } = /** @type {{ damage?: string }} */ (state);
    const reader = damage ? await loadSimulator({ damage }) : simulator;
    const recording = reader.presentLink(`#${link}`);
    const expected = spikesOf(recording);

    await visit(`${host.origin}/index.html#${link}&view=away`, async (page) => {
      const saved = page.waitForEvent('download');
      await page.getByRole('button', { name: 'JSON' }).click();
      const file = JSON.parse(readFileSync(await (await saved).path(), 'utf8'));
      assert.deepEqual(
        file.layers.map((/** @type {any} */ layer) => layer.spikes),
        expected,
        'the page',
      );
      const element = await page.evaluate(
        async ([module, text]) => {
          const { SpikePadElement } = await import(module);
          customElements.get('spike-pad') ?? customElements.define('spike-pad', SpikePadElement);
          const figure = /** @type {any} */ (document.createElement('spike-pad'));
          figure.setAttribute('link', `#${text}`);
          figure.setAttribute('loading', 'eager');
          const answered = new Promise((done) => figure.addEventListener('verdict', done, { once: true }));
          document.body.append(figure);
          await answered;
          return figure.recording.layers.map((/** @type {any} */ { offsets, neurons }) => ({
            offsets: [...offsets],
            neurons: [...neurons],
          }));
        },
        [`${host.origin}/spikepad/element.js`, link],
      );
      assert.deepEqual(spikesOf({ layers: element }), expected, 'the element');
    });

    const { status, stdout, stderr } = spawnSync(PROGRAM, ['classify', '--json', '--link', `#${link}`], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    const { digit, counts, margin, sure } = JSON.parse(stdout);
    const { verdict } = recording;
    assert.deepEqual(
      { digit, counts, sure },
      { digit: verdict.digit, counts: verdict.counts, sure: verdict.sure },
      'natively',
    );
    // Every membrane potential of the outputs enters the margin.
    assert.equal(margin, verdict.margin, 'natively');
    recording.free();
  }
});
