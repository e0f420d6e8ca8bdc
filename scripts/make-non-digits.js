// Makes drawings that are not digits, to measure how sure the network is of them:
//   node scripts/make-non-digits.js > tests/fixtures/non-digits.jsonl
// Scribbles, dots, shapes and capital letters that nobody takes for a digit, each in several handwritings (slant, size,
// wobble). Every run writes the same file.

const CANVAS = 280;
const COPIES = 12;

/** Strokes of letters and shapes in a unit square, y down. */
const SHAPES = {
  A: [
    [
      [0, 1],
      [0.5, 0],
      [1, 1],
    ],
    [
      [0.2, 0.62],
      [0.8, 0.62],
    ],
  ],
  E: [
    [
      [0.9, 0],
      [0, 0],
      [0, 1],
      [0.9, 1],
    ],
    [
      [0, 0.5],
      [0.7, 0.5],
    ],
  ],
  F: [
    [
      [0.9, 0],
      [0, 0],
      [0, 1],
    ],
    [
      [0, 0.48],
      [0.7, 0.48],
    ],
  ],
  H: [
    [
      [0, 0],
      [0, 1],
    ],
    [
      [0.9, 0],
      [0.9, 1],
    ],
    [
      [0, 0.5],
      [0.9, 0.5],
    ],
  ],
  K: [
    [
      [0, 0],
      [0, 1],
    ],
    [
      [0.85, 0],
      [0.05, 0.55],
      [0.9, 1],
    ],
  ],
  M: [
    [
      [0, 1],
      [0.1, 0],
      [0.5, 0.7],
      [0.9, 0],
      [1, 1],
    ],
  ],
  N: [
    [
      [0, 1],
      [0, 0],
      [0.85, 1],
      [0.85, 0],
    ],
  ],
  R: [
    [
      [0, 1],
      [0, 0],
      [0.6, 0.03],
      [0.75, 0.25],
      [0.55, 0.48],
      [0, 0.5],
      [0.8, 1],
    ],
  ],
  T: [
    [
      [0, 0],
      [1, 0],
    ],
    [
      [0.5, 0],
      [0.5, 1],
    ],
  ],
  W: [
    [
      [0, 0],
      [0.25, 1],
      [0.5, 0.3],
      [0.75, 1],
      [1, 0],
    ],
  ],
  X: [
    [
      [0, 0],
      [0.9, 1],
    ],
    [
      [0.9, 0],
      [0, 1],
    ],
  ],
  plus: [
    [
      [0.5, 0],
      [0.5, 1],
    ],
    [
      [0, 0.5],
      [1, 0.5],
    ],
  ],
  hash: [
    [
      [0.33, 0],
      [0.3, 1],
    ],
    [
      [0.7, 0],
      [0.67, 1],
    ],
    [
      [0, 0.33],
      [1, 0.3],
    ],
    [
      [0, 0.7],
      [1, 0.67],
    ],
  ],
  arrow: [
    [
      [0, 0.5],
      [1, 0.5],
    ],
    [
      [0.7, 0.2],
      [1, 0.5],
      [0.7, 0.8],
    ],
  ],
  house: [
    [
      [0, 1],
      [0, 0.45],
      [0.5, 0],
      [1, 0.45],
      [1, 1],
      [0, 1],
    ],
    [
      [0.35, 1],
      [0.35, 0.65],
      [0.6, 0.65],
      [0.6, 1],
    ],
  ],
  star: [
    [
      [0.5, 0],
      [0.8, 1],
      [0, 0.38],
      [1, 0.38],
      [0.2, 1],
      [0.5, 0],
    ],
  ],
  zigzag: [
    [
      [0, 0.3],
      [0.2, 0.7],
      [0.4, 0.3],
      [0.6, 0.7],
      [0.8, 0.3],
      [1, 0.7],
    ],
  ],
  smile: [
    [
      [0.3, 0.1],
      [0.3, 0.25],
    ],
    [
      [0.7, 0.1],
      [0.7, 0.25],
    ],
    [
      [0.1, 0.6],
      [0.35, 0.85],
      [0.65, 0.85],
      [0.9, 0.6],
    ],
  ],
  bars: [
    [
      [0, 0],
      [0, 1],
    ],
    [
      [0.4, 0],
      [0.4, 1],
    ],
    [
      [0.8, 0],
      [0.8, 1],
    ],
  ],
  dots: [[[0.1, 0.1]], [[0.9, 0.2]], [[0.4, 0.8]]],
  dot: [[[0.5, 0.5]]],
  dash: [
    [
      [0, 0.5],
      [1, 0.5],
    ],
  ],
};

/** Mulberry32 (T. Ettinger): a small seeded generator; numbers from 0 up to 1. */
function generator(/** @type {number} */ state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = generator(1);
const between = (/** @type {number} */ low, /** @type {number} */ high) => low + (high - low) * random();

/** A scribble: a point that moves on with randomly changing direction. */
function scribble() {
  const points = [];
  let [x, y, heading] = [between(0.2, 0.8), between(0.2, 0.8), between(0, 7)];
  let turn = 0;
  for (let i = 0; i < 90; i++) {
    points.push([x, y]);
    turn = 0.8 * turn + between(-0.5, 0.5);
    heading += turn;
    x += 0.07 * Math.cos(heading);
    y += 0.07 * Math.sin(heading);
    if (x < 0 || x > 1 || y < 0 || y > 1) heading += 2.2;
    [x, y] = [Math.min(1, Math.max(0, x)), Math.min(1, Math.max(0, y))];
  }
  return [points];
}

/** Puts a shape on the canvas in a random handwriting. */
function inRandomHandwriting(/** @type {number[][][]} */ strokes) {
  const size = between(70, 190);
  const [aspect, slant, tilt] = [between(0.8, 1.15), between(-0.2, 0.2), between(-0.12, 0.12)];
  const [left, top] = [between(30, CANVAS - 50 - size), between(30, CANVAS - 50 - size)];
  const [phase, wobble] = [between(0, 7), between(0, 0.02)];
  return strokes.map((stroke) =>
    subdivided(stroke).map(([x, y], i) => {
      const u = (x - slant * (y - 0.5)) * aspect + wobble * Math.sin(i / 3 + phase);
      const v = y + tilt * (x - 0.5) + wobble * Math.cos(i / 4 + phase);
      return [Math.round(left + size * u), Math.round(top + size * v)];
    }),
  );
}

/** The same line with points about 0.1 apart. */
function subdivided(/** @type {number[][]} */ stroke) {
  const points = [stroke[0]];
  for (let i = 1; i < stroke.length; i++) {
    const [[ax, ay], [bx, by]] = [stroke[i - 1], stroke[i]];
    const pieces = Math.max(1, Math.round(Math.hypot(bx - ax, by - ay) * 10));
    for (let k = 1; k <= pieces; k++) points.push([ax + ((bx - ax) * k) / pieces, ay + ((by - ay) * k) / pieces]);
  }
  return points;
}

for (let copy = 0; copy < COPIES; copy++) {
  for (const [name, shape] of Object.entries(SHAPES)) {
    console.log(JSON.stringify({ id: `${name}-${copy}`, strokes: inRandomHandwriting(shape) }));
  }
  for (let i = 0; i < 3; i++)
    console.log(JSON.stringify({ id: `scribble-${copy}-${i}`, strokes: inRandomHandwriting(scribble()) }));
}
