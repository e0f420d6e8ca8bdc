// The drawing on the pad and its history.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createDrawing } from '../../www/pad/drawing.js';
import { CANVAS } from '../../www/simulator/dimensions.js';
import { PEN_WIDTHS } from '../../www/state/ink-limits.js';
import { createRandom } from './support/random.js';
import { randomStroke } from './support/strokes.js';

/** @import { Change, Drawing, Sheet } from '../../www/pad/drawing.js' */
/** @import { Point, Stroke } from '../../www/simulator/types.js' */

/** How many changes can be undone. */
const DEPTH = 100;

/** A drawing, and the changes that it reported. */
function observed() {
  /** @type {Change[]} */
  const changes = [];
  const drawing = createDrawing((change) => changes.push(change));
  return { drawing, changes };
}

/** @param {Drawing} drawing @param {Stroke} stroke */
function addStroke(drawing, stroke) {
  drawing.begin(stroke[0]);
  drawing.extend(stroke.slice(1));
  drawing.end();
}

/** A copy of what is on the pad. @param {Sheet} drawing */
function copy({ strokes, picture }) {
  return structuredClone({ strokes, picture });
}

/** @type {Stroke} */
const BAR = [
  [40, 140],
  [240, 140],
];

test('a stroke reports ink while it grows, reports its end once, and has its points on the grid', () => {
  const { drawing, changes } = observed();
  drawing.extend([[1, 1]]);
  drawing.end();
  assert.deepEqual(changes, []);
  drawing.begin([10.06, 20.2]);
  drawing.extend([]);
  drawing.extend([
    [30, 20],
    [30.13, 40, 31.7],
  ]);
  drawing.end();
  drawing.end();
  assert.deepEqual(changes, ['ink', 'ink', 'lifted']);
  assert.deepEqual(drawing.strokes, [
    [
      [10, 20.25],
      [30, 20],
      [30.25, 40, 32],
    ],
  ]);
});

test('a stroke replaces a picture, and undo restores the picture', () => {
  const { drawing } = observed();
  const picture = new Uint8Array(784).fill(3);
  drawing.replace({ strokes: [], picture });
  addStroke(drawing, BAR);
  assert.equal(drawing.picture, null);
  drawing.undo();
  assert.deepEqual(copy(drawing), { strokes: [], picture });
});

test('an erasure is one change, no matter how far the eraser moves', () => {
  const { drawing } = observed();
  addStroke(drawing, BAR);
  const before = copy(drawing);
  drawing.beginErasing();
  for (let y = 60; y < 220; y += 10) drawing.erase([140, y], [140, y + 10], 18);
  drawing.end();
  assert.equal(drawing.strokes.length, 2);
  drawing.undo();
  assert.deepEqual(copy(drawing), before);
  drawing.erase([140, 60], [140, 220], 18);
  assert.deepEqual(copy(drawing), before, 'erased without an eraser on the pad');
});

test('the points of erased strokes are on the grid, so that a link carries them exactly', () => {
  const { drawing } = observed();
  const random = createRandom(1);
  for (let i = 0; i < 20; i++) addStroke(drawing, randomStroke(random));
  drawing.beginErasing();
  drawing.erase([0, 140], [280, 150], 20);
  for (const [x, y] of drawing.strokes.flat()) assert.deepEqual([(4 * x) % 1, (4 * y) % 1], [0, 0]);
});

describe('an adjustment of a picture', () => {
  const picture = (/** @type {number} */ ink) => new Uint8Array(784).fill(ink);

  test('is one change together with those that follow it, and reports its end once', () => {
    const { drawing, changes } = observed();
    drawing.replace({ strokes: [], picture: picture(1) });
    changes.length = 0;
    for (const ink of [2, 3]) drawing.adjust(picture(ink));
    drawing.end();
    drawing.end();
    drawing.adjust(picture(4));
    drawing.end();
    assert.deepEqual(changes, ['ink', 'ink', 'lifted', 'ink', 'lifted']);
    assert.equal(drawing.picture?.[0], 4);
    drawing.undo();
    assert.equal(drawing.picture?.[0], 1);
    drawing.redo();
    assert.equal(drawing.picture?.[0], 4);
    drawing.undo();
    drawing.undo();
    assert.ok(drawing.blank);
  });

  test('is another change after a choice, and what was undone before it cannot be redone', () => {
    const { drawing } = observed();
    drawing.adjust(picture(1));
    drawing.replace({ strokes: [], picture: picture(2) });
    drawing.adjust(picture(3));
    drawing.undo();
    assert.equal(drawing.picture?.[0], 2);
    drawing.undo();
    assert.equal(drawing.picture?.[0], 1);
    drawing.adjust(picture(4));
    assert.ok(!drawing.redoable);
  });
});

test('clearing a blank pad is no change', () => {
  const { drawing, changes } = observed();
  drawing.clear();
  assert.deepEqual([drawing.undoable, changes.length], [false, 0]);
});

test('restoring a drawing begins a new undo history', () => {
  const { drawing } = observed();
  addStroke(drawing, BAR);
  drawing.undo();
  addStroke(drawing, BAR);
  drawing.restore({ strokes: [BAR], picture: null });
  assert.deepEqual([drawing.blank, drawing.undoable, drawing.redoable], [false, false, false]);
});

test(`the last ${DEPTH} changes can be undone`, () => {
  const { drawing } = observed();
  for (let i = 0; i < DEPTH + 5; i++) addStroke(drawing, BAR);
  for (let i = 0; i < DEPTH; i++) drawing.undo();
  assert.deepEqual([drawing.strokes.length, drawing.undoable], [5, false]);
});

describe('undo and redo', () => {
  test('restore every earlier drawing, in any order of changes', () => {
    const random = createRandom(2);
    for (let run = 0; run < 30; run++) {
      const { drawing } = observed();
      /** @type {Sheet[]} what undo must restore */
      const past = [];
      /** @type {Sheet[]} what redo must restore */
      let future = [];
      for (let i = 0; i < 60; i++) {
        const before = copy(drawing);
        const kind = random.pick(['stroke', 'stroke', 'erase', 'clear', 'picture', 'undo', 'undo', 'redo']);
        if (kind === 'undo') {
          drawing.undo();
          if (past.length > 0) future.push(before);
          assert.deepEqual(copy(drawing), past.pop() ?? before);
        } else if (kind === 'redo') {
          drawing.redo();
          const after = future.pop();
          if (after) past.push(before);
          assert.deepEqual(copy(drawing), after ?? before);
        } else if (kind !== 'clear' || !drawing.blank) {
          change(drawing, kind);
          past.push(before);
          future = [];
        }
        assert.deepEqual([drawing.undoable, drawing.redoable], [past.length > 0, future.length > 0]);
      }
    }

    /** @param {Drawing} drawing @param {string} kind */
    function change(drawing, kind) {
      if (kind === 'stroke') addStroke(drawing, randomStroke(random, { most: 5 }));
      else if (kind === 'clear') drawing.clear();
      else if (kind === 'picture') {
        drawing.replace({ strokes: [], picture: Uint8Array.from({ length: 784 }, () => random.whole(0, 255)) });
      } else {
        const [from, to] = random.list(
          2,
          () => /** @type {Point} */ ([random.between(0, 280), random.between(0, 280)]),
        );
        drawing.beginErasing();
        drawing.erase(from, to, 20);
        drawing.end();
      }
    }
  });

  test('end the stroke under the pen', () => {
    const { drawing } = observed();
    addStroke(drawing, BAR);
    drawing.begin([10, 10]);
    drawing.undo();
    drawing.extend([[50, 50]]);
    assert.deepEqual(copy(drawing).strokes, [BAR]);
  });
});

describe('a sketch', () => {
  /** @type {readonly Stroke[]} */
  const SKETCH = [
    [
      [40, 40],
      [140, 40],
      [240, 40],
    ],
    [
      [140, 40],
      [140, 240],
    ],
  ];

  test('shows its first points, and is one change', () => {
    const { drawing, changes } = observed();
    addStroke(drawing, BAR);
    drawing.beginSketch(SKETCH, false);
    assert.ok(drawing.sketching);
    drawing.showSketch(4);
    assert.deepEqual(copy(drawing).strokes, [SKETCH[0], [[140, 40]]]);
    drawing.showSketch(5);
    assert.deepEqual([copy(drawing).strokes, drawing.sketching], [SKETCH, false]);
    assert.deepEqual(changes, ['ink', 'ink', 'lifted', 'ink', 'settled']);
    drawing.undo();
    assert.deepEqual(copy(drawing).strokes, [BAR]);
    drawing.redo();
    assert.deepEqual(copy(drawing).strokes, SKETCH);
  });

  /** Changes that may come while a sketch is being drawn, and the strokes that are then on the pad. */
  const INTERRUPTIONS = [
    { name: 'a stroke', act: (/** @type {Drawing} */ drawing) => addStroke(drawing, BAR), left: [...SKETCH, BAR] },
    { name: 'the eraser', act: (/** @type {Drawing} */ drawing) => drawing.beginErasing(), left: SKETCH },
    { name: 'clearing', act: (/** @type {Drawing} */ drawing) => drawing.clear(), left: [] },
    {
      name: 'another sketch',
      act(/** @type {Drawing} */ drawing) {
        drawing.beginSketch([BAR], false);
        drawing.showSketch(2);
      },
      left: [BAR],
    },
  ];
  for (const { name, act, left } of INTERRUPTIONS) {
    test(`is completed by ${name}, as a separate change`, () => {
      const { drawing } = observed();
      drawing.beginSketch(SKETCH, false);
      drawing.showSketch(1);
      act(drawing);
      drawing.end();
      assert.deepEqual([copy(drawing).strokes, drawing.sketching], [left, false]);
      drawing.showSketch(2);
      assert.deepEqual(copy(drawing).strokes, left, 'the sketch went on');
      drawing.undo();
      assert.deepEqual(copy(drawing).strokes, SKETCH);
      drawing.undo();
      assert.ok(drawing.blank && !drawing.undoable);
    });

    test(`that is temporary is removed by ${name}, with its history`, () => {
      for (const points of [1, 5]) {
        const { drawing } = observed();
        drawing.beginSketch(SKETCH, true);
        drawing.showSketch(points);
        assert.ok(drawing.temporary);
        act(drawing);
        drawing.end();
        assert.ok(!drawing.temporary);
        const own = left.filter((stroke) => !SKETCH.includes(stroke));
        assert.deepEqual(copy(drawing).strokes, own);
        while (drawing.undoable) drawing.undo();
        assert.ok(drawing.blank);
      }
    });
  }

  test('is undone as a whole while it is being drawn', () => {
    const { drawing, changes } = observed();
    drawing.beginSketch(SKETCH, false);
    drawing.showSketch(2);
    drawing.undo();
    assert.ok(drawing.blank);
    drawing.redo();
    assert.deepEqual(copy(drawing).strokes, SKETCH);
    assert.deepEqual(changes, ['ink', 'settled', 'settled']);
  });

  test('is replaced by a drawing that is restored', () => {
    const { drawing } = observed();
    drawing.beginSketch(SKETCH, false);
    drawing.restore({ strokes: [BAR], picture: null });
    drawing.showSketch(5);
    assert.deepEqual([copy(drawing).strokes, drawing.undoable], [[BAR], false]);
  });
});

describe('what is under way', () => {
  test('is taken back as a whole when a hand was not meant to draw, with what it left at the edge', () => {
    const { drawing, changes } = observed();
    addStroke(drawing, BAR);
    const before = copy(drawing);
    drawing.begin([270, 270]);
    drawing.extend([[280, 270]]);
    drawing.end();
    drawing.begin([280, 272], true);
    drawing.cancel();
    assert.deepEqual(copy(drawing), before);
    assert.equal(changes.at(-1), 'settled');
    drawing.undo();
    assert.ok(drawing.blank && !drawing.undoable);
  });

  test('is taken back when it is an erasure, or was interrupted by nothing else', () => {
    const { drawing } = observed();
    addStroke(drawing, BAR);
    const before = copy(drawing);
    drawing.beginErasing();
    drawing.erase([140, 100], [140, 180], 18);
    drawing.cancel();
    assert.deepEqual(copy(drawing), before);
    drawing.begin([1, 1]);
    drawing.clear();
    drawing.cancel();
    assert.ok(drawing.blank, 'clearing came after the stroke');
  });

  test('is known: no stroke is open after undo, clearing or another drawing', () => {
    const { drawing } = observed();
    for (const act of [
      () => drawing.undo(),
      () => drawing.clear(),
      () => drawing.replace({ strokes: [BAR], picture: null }),
    ]) {
      drawing.begin([1, 1]);
      assert.ok(drawing.open);
      act();
      assert.ok(!drawing.open);
    }
  });
});

test('whatever the visitor does to the drawing is counted, and what the page does by itself is not', () => {
  const { drawing } = observed();
  const asked = drawing.announce();
  drawing.beginSketch([BAR], true);
  drawing.showSketch(1);
  drawing.showSketch(2);
  drawing.end();
  assert.equal(drawing.actions, asked);
  const picture = new Uint8Array(784).fill(3);
  let last = asked;
  for (const act of [
    () => drawing.begin([1, 1]),
    () => drawing.beginErasing(),
    () => drawing.undo(),
    () => drawing.redo(),
    () => drawing.clear(),
    () => drawing.clear(),
    () => drawing.beginSketch([BAR], false),
    () => drawing.replace({ strokes: [], picture }),
    () => drawing.restore({ strokes: [BAR], picture }),
  ]) {
    act();
    assert.ok(drawing.actions > last, String(act));
    last = drawing.actions;
  }
  assert.deepEqual(copy(drawing), { strokes: [], picture }, 'the network reads the picture, so there are no strokes');
});

test('the pad that an element has before its figure has the units and the pen of every pad', () => {
  const source = readFileSync(new URL('../../www/element/early-pad.js', import.meta.url), 'utf8');
  const constant = (/** @type {string} */ name) => Number(new RegExp(`const ${name} = (\\d+);`).exec(source)?.[1]);
  assert.deepEqual([constant('CANVAS'), constant('PEN')], [CANVAS, PEN_WIDTHS.initial]);
});
