// The simulator of the package in bare Node.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { LINK_FIXTURES } from '../journeys/link-fixtures.js';
import { strokesOf } from '../samples.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const { loadSimulator, readNetwork } = await import(path.join(ROOT, 'npm', 'dist', 'package', 'simulator.js'));
const simulator = await loadSimulator();

test('strokes are read', () => {
  const recording = simulator.present(strokesOf(7), { steps: 50, seed: 3 });
  assert.equal(recording.verdict.digit, 7);
  assert.equal(recording.steps, 50);
  assert.deepEqual(simulator.network.sizes, [784, 128, 10]);
  recording.free();
  assert.equal(simulator.present([]), null);
});

test('every kind of link is presented, and one that cannot be read says why', () => {
  for (const { name, hash } of LINK_FIXTURES) {
    const recording = simulator.presentLink(`https://host/path/${hash}&hide=samples`);
    assert.ok(recording.steps > 0, name);
    recording.free();
  }
  assert.throws(() => simulator.presentLink('#steps=-1'), /“steps” must be/);
  assert.throws(() => simulator.presentLink('#network=0123456789abcdef~model.h5'), /another network/);
});

test('a network of another program is read and presented to', async () => {
  const name = 'k225_S14.h5';
  const bytes = readFileSync(path.join(ROOT, 'formats', 'tests', 'fixtures', 'keras', name));
  const { network, report } = await readNetwork([{ name, bytes }]);
  assert.match(report.format, /Keras/);
  const other = await loadSimulator({ network });
  assert.equal(other.network.sizes.at(-1), 10);
  assert.ok(other.present(strokesOf(3), { steps: 20 }).steps === 20);
  await assert.rejects(readNetwork([{ name: 'x.h5', bytes: new Uint8Array(9) }]), /x\.h5/);
});
