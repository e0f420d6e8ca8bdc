// Measurements: how results add up, how images are divided, which values a sweep measures, and what is saved.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settingAxis } from '../../www/measuring/axis.js';
import {
  createResultStore,
  keepFailure,
  keepResult,
  missingImages,
  nextTaskOf,
} from '../../www/measuring/result-store.js';
import { accuracyInterval, addResults } from '../../www/measuring/results.js';
import { SWEPT, sweepOf } from '../../www/measuring/setting-sweep.js';
import { pointsOf, runSweep, steepValues } from '../../www/measuring/sweep-points.js';
import { firstOf } from '../../www/measuring/test-set.js';
import { SETTINGS } from '../../www/state/parameters.js';
import { TEXTS } from '../../www/state/settings-texts.js';
import { toCsv } from '../../www/ui/csv.js';
import { durationText } from '../../www/ui/duration.js';

/** @param {string} name @param {number | null} now */
function axisOf(name, now) {
  const setting = SETTINGS.find((each) => each.name === name);
  const axis = setting && settingAxis(setting, TEXTS[name], now);
  assert.ok(axis, name);
  return axis;
}

test('results of different images add up, lists element by element', () => {
  const part = { images: 10, right: 9, busy: 4, confusion: [1, 0, 2] };
  const sum = addResults(part, { images: 10, right: 8, busy: 4.5, confusion: [0, 3, 1] });
  assert.deepEqual(sum, { images: 20, right: 17, busy: 8.5, confusion: [1, 3, 3] });
});

describe('the interval of an accuracy', () => {
  test('ends where the test of a proportion with the normal approximation just rejects (Wilson 1927)', () => {
    const [right, images] = [81, 263];
    for (const p of accuracyInterval({ right, images })) {
      const deviations = (right / images - p) / Math.sqrt((p * (1 - p)) / images);
      assert.ok(Math.abs(Math.abs(deviations) - 1.96) < 1e-9);
    }
  });

  test('contains the accuracy, stays within 0 and 1, and shrinks with more images', () => {
    for (const share of [0, 0.1, 0.5, 0.97, 1]) {
      let before = 1;
      for (const images of [10, 100, 1000, 10_000]) {
        const [low, high] = accuracyInterval({ right: share * images, images });
        assert.ok(0 <= low && low <= share + 1e-12 && share - 1e-12 <= high && high <= 1);
        assert.ok(high - low < before);
        before = high - low;
      }
    }
  });
});

describe('the chunks of a plan', () => {
  const division = { chunk: 100, firstOf: (/** @type {number} */ chunk) => 1000 * chunk };
  const result = (/** @type {number} */ right) => ({ images: 100, right, busy: 1 });

  test('are handed out once each, and count from the first one on', () => {
    /** @type {ReturnType<typeof createResultStore<string, { images: number, right: number, busy: number }>>} */
    const store = createResultStore((plan) => plan);
    const entry = store.entryOf('a');
    assert.equal(store.entryOf('a'), entry);
    const tasks = [0, 1, 2].map(() => nextTaskOf(entry, 300, division));
    assert.deepEqual(
      tasks.map((task) => task?.first),
      [0, 1000, 2000],
    );
    assert.equal(nextTaskOf(entry, 300, division), null);
    const [first, second, third] = /** @type {any[]} */ (tasks);
    keepResult(entry, third, result(1));
    assert.deepEqual([entry.total, missingImages(entry, 300, division)], [null, 300]);
    keepResult(entry, first, result(10));
    keepResult(entry, second, result(20));
    assert.deepEqual(entry.total, { images: 300, right: 31, busy: 3 });
    assert.equal(missingImages(entry, 300, division), 0);
    assert.equal(nextTaskOf(entry, 400, division)?.first, 3000);
    assert.ok(keepFailure([entry], { ...first, chunk: 3 }, 'refused'));
    assert.equal(missingImages(entry, 400, division), 0);
  });

  test('are measured together with those of other plans that lack them, and alone after that has failed', () => {
    /** @type {ReturnType<typeof createResultStore<string, { images: number, right: number, busy: number }>>} */
    const store = createResultStore((plan) => plan);
    const [a, b, c] = ['a', 'b', 'c'].map(store.entryOf);
    keepResult(b, /** @type {any} */ (nextTaskOf(b, 100, division)), result(5));
    const first = nextTaskOf(a, 300, division, [a, b, c]);
    assert.deepEqual(first, { plans: ['a', 'c'], chunk: 0, first: 0, images: 100 });
    const second = nextTaskOf(a, 300, division, [a, b, c]);
    assert.deepEqual(second, { plans: ['a', 'b', 'c'], chunk: 1, first: 1000, images: 100 });
    const failed = /** @type {import('../../www/measuring/result-store.js').Task<string>} */ (second);
    assert.ok(!keepFailure(failed.plans.map(store.entryOf), failed, 'refused'));
    assert.deepEqual(
      [a, b, c].map(({ alone }) => alone),
      [true, true, true],
    );
    assert.deepEqual(nextTaskOf(b, 300, division)?.plans, ['b']);
    assert.deepEqual(
      [a, b, c].map(({ failure }) => failure),
      [null, null, null],
    );
  });
});

test('the test set is measured in chunks of every quarter in turn, each image once', () => {
  const firsts = Array.from({ length: 40 }, (_, chunk) => firstOf(chunk));
  assert.deepEqual(firsts.slice(0, 4), [0, 2500, 5000, 7500]);
  assert.deepEqual(
    [...firsts].sort((a, b) => a - b),
    Array.from({ length: 40 }, (_, i) => 250 * i),
  );
});

describe('the axis of a setting', () => {
  for (const { name } of SETTINGS) {
    const slider = TEXTS[name].slider;
    const setting = /** @type {(typeof SETTINGS)[number]} */ (SETTINGS.find((each) => each.name === name));
    if (!slider || 'options' in setting.kind) continue;
    test(`of ${name} goes over its slider, and every value on it is in its range`, () => {
      const axis = axisOf(name, 7);
      const values = axis.places.map(axis.valueAt);
      const numbers = values.filter((value) => value !== null);
      assert.equal(numbers[0], slider.min);
      assert.equal(Math.max(...numbers), slider.max);
      assert.ok(numbers.includes(7));
      for (const value of values) {
        assert.notEqual(setting.kind.parse(value === null ? 'inf' : String(value)), undefined, `${name} ${value}`);
        assert.ok(Math.abs(axis.placeOf(value) - axis.placeOf(axis.valueAt(axis.placeOf(value)))) < 0.1);
      }
    });
  }

  test('has infinity where the setting has it, and a value outside of the slider', () => {
    assert.ok(axisOf('tauM', 100).places.map(axisOf('tauM', 100).valueAt).includes(null));
    assert.ok(!axisOf('threshold', 1).places.map(axisOf('threshold', 1).valueAt).includes(null));
    const axis = axisOf('threshold', 1234);
    assert.ok(axis.places.map(axis.valueAt).includes(1234));
    assert.ok(axis.range[1] > axis.placeOf(1234));
  });

  test('a choice has none', () => {
    const reset = /** @type {(typeof SETTINGS)[number]} */ (SETTINGS.find(({ name }) => name === 'reset'));
    assert.equal(settingAxis(reset, TEXTS.reset, null), null);
  });
});

describe('a sweep', () => {
  const axis = axisOf('threshold', 1);
  /** Reads well from 0.3 to 5 only. @param {number | null} value */
  const accuracyAt = (value) => (Number(value) > 0.3 && Number(value) < 5 ? 0.9 : 0.1);

  test('measures more values where the accuracy changes, and ends', async () => {
    /** @type {Map<number | null, { images: number, right: number, busy: number }>} */
    const known = new Map();
    let requests = 0;
    const finished = await runSweep(axis, {
      planAt: (value) => value,
      resultOf: (value) => known.get(value) ?? null,
      async measure(values) {
        requests += 1;
        for (const value of values) known.set(value, { images: 100, right: 100 * accuracyAt(value), busy: 1 });
        return true;
      },
    });
    assert.equal(finished, true);
    assert.ok(requests > 1 && requests < 6);
    const points = pointsOf(axis, (value) => known.get(value) ?? null);
    assert.equal(points.length, known.size);
    assert.deepEqual(
      points.map(({ place }) => place),
      points.map(({ place }) => place).sort((a, b) => a - b),
    );
    assert.deepEqual(steepValues(axis, points), []);
    for (const [i, { value }] of points.entries()) {
      const next = points[i + 1];
      if (!next || accuracyAt(value) === accuracyAt(next.value)) continue;
      assert.ok(Number(next.value) / Number(value) < 1.25, `${value} to ${next.value}`);
    }
  });

  test('ends where values cannot be measured, and where it is stopped', async () => {
    const how = { planAt: (/** @type {number | null} */ value) => value, resultOf: () => null };
    assert.equal(await runSweep(axis, { ...how, measure: async () => true }), true);
    let requests = 0;
    const stopped = await runSweep(axis, {
      ...how,
      async measure() {
        requests += 1;
        return false;
      },
    });
    assert.deepEqual([stopped, requests], [false, 1]);
  });
});

test('a scale on the weights is swept as a division of the threshold', () => {
  const settings = /** @type {any} */ ({ threshold: 3, steps: 10 });
  const { axis, now, planAt } = sweepOf('weightScale', settings);
  assert.equal(now, 1);
  assert.deepEqual(planAt(1), settings);
  assert.deepEqual(planAt(4), { threshold: 0.75, steps: 10 });
  const values = axis.places.map(axis.valueAt);
  assert.ok(values.includes(1) && Number(values[0]) < 0.01 && Number(values[values.length - 1]) > 100);
  assert.deepEqual(SWEPT.map(({ name }) => name).sort(), [
    ...['dt', 'maxRate', 'refractory', 'steps', 'tauM', 'threshold', 'weightScale'],
  ]);
  assert.throws(() => sweepOf('seed', settings), /no sweep over seed/);
});

test('CSV has a row of names, and quotes what has commas, quotes or line breaks', () => {
  const rows = [
    { name: 'LIF(tau=2, reset)', share: 0.5, unit: null },
    { name: 'says "no"', share: 1, unit: 'a\nb' },
  ];
  assert.equal(toCsv(rows), 'name,share,unit\r\n"LIF(tau=2, reset)",0.5,\r\n"says ""no""",1,"a\nb"\r\n');
  assert.equal(toCsv([]), '');
});

test('durations are rounded up', () => {
  assert.deepEqual([0.2, 1, 9.2, 11, 99, 101, 600].map(durationText), [
    '1 s',
    '1 s',
    '10 s',
    '15 s',
    '100 s',
    '2 min',
    '10 min',
  ]);
});
