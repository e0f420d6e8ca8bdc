// The figure of docs/performance.md: time against each of four sizes, and against the synaptic operations of all of them.

/** @typedef {{ value: number, synaptic_operations: number, us: number }} Point */
/** @typedef {{ name: string, points: Point[] }} Series */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

const [WIDTH, HEIGHT] = [760, 660];

/** The boxes of the small panels, one per series and two in a row, and of the large panel of all series under them. */
const SMALL = [0, 1, 2, 3].map((i) => ({
  left: 70 + 380 * (i % 2),
  top: 52 + 190 * Math.floor(i / 2),
  width: 290,
  height: 110,
}));
const LARGE = { left: 70, top: 432, width: 500, height: 170 };

/**
 * Colours that colour-blind people can tell apart too (M. Okabe and K. Ito, "Color universal design", 2008), on white and on
 * black. The marks of the series also differ in shape.
 */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

/**
 * @param {Series[]} series
 * @returns {string} SVG that follows the reader's colour scheme, light or dark
 */
export function scalingFigure(series) {
  const title = 'Time of one presentation against what there is to do';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${title}</title>`,
    '<style>:root{color-scheme:light dark}.paper{fill:#fff}text{fill:#222}.grid{stroke:#ddd}.line{stroke:#222}',
    '@media (prefers-color-scheme:dark){.paper{fill:#0d1117}text{fill:#e6edf3}.grid{stroke:#30363d}.line{stroke:#e6edf3}}</style>',
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text x="16" y="24" font-size="14">${title}, µs</text>`,
    ...series.flatMap((each, i) => panel(SMALL[i], each, i)),
    ...summary(series),
    '</svg>\n',
  ].join('\n');
}

/**
 * The panel of one series: time against its size, both axes from 0.
 *
 * @param {Box} box
 * @param {Series} series
 * @param {number} i
 */
function panel(box, { name, points }, i) {
  const x = linear(
    points.map((point) => point.value),
    box.left,
    box.left + box.width,
  );
  const y = linear(
    points.map((point) => point.us),
    box.top + box.height,
    box.top,
  );
  return [
    ...x.ticks.map((tick) => label(x.at(tick), box.top + box.height + 16, short(tick), 'middle')),
    ...y.ticks.map((tick) => level(box, y.at(tick), short(tick))),
    label(box.left + box.width / 2, box.top + box.height + 33, name, 'middle'),
    `<polyline fill="none" stroke="${COLOURS[i]}" stroke-width="2" points="${points
      .map((point) => `${x.at(point.value).toFixed(1)},${y.at(point.us).toFixed(1)}`)
      .join(' ')}"/>`,
    ...points.map((point) => mark(x.at(point.value), y.at(point.us), i)),
  ];
}

/**
 * The panel of all series: time against synaptic operations on logarithmic axes, with a line for proportionality.
 *
 * @param {Series[]} series
 */
function summary(series) {
  const all = series.flatMap(({ points }) => points);
  const x = logarithmic(
    all.map((point) => point.synaptic_operations),
    LARGE.left,
    LARGE.left + LARGE.width,
  );
  const y = logarithmic(
    all.map((point) => point.us),
    LARGE.top + LARGE.height,
    LARGE.top,
  );
  // The line goes through the point of the shipped network with 350 steps.
  const through = series[0].points.find(({ value }) => value === 350) ?? series[0].points[0];
  const slope = through.us / through.synaptic_operations;
  const from = Math.max(x.first, y.first / slope);
  const to = Math.min(x.last, y.last / slope);
  const legend = LARGE.left + LARGE.width + 24;
  return [
    ...x.ticks.map((tick) => label(x.at(tick), LARGE.top + LARGE.height + 16, short(tick), 'middle')),
    ...y.ticks.map((tick) => level(LARGE, y.at(tick), short(tick))),
    label(LARGE.left + LARGE.width / 2, LARGE.top + LARGE.height + 34, 'synaptic operations', 'middle'),
    `<line class="line" stroke-dasharray="4 4" x1="${x.at(from).toFixed(1)}" y1="${y.at(slope * from).toFixed(1)}" ` +
      `x2="${x.at(to).toFixed(1)}" y2="${y.at(slope * to).toFixed(1)}"/>`,
    ...series.flatMap(({ points }, i) => points.map((p) => mark(x.at(p.synaptic_operations), y.at(p.us), i))),
    ...series.flatMap(({ name }, i) => [
      mark(legend, LARGE.top + 20 + 22 * i, i),
      label(legend + 12, LARGE.top + 24 + 22 * i, name, 'start'),
    ]),
    `<line class="line" stroke-dasharray="4 4" x1="${legend - 8}" x2="${legend + 8}" y1="${LARGE.top + 108}" y2="${LARGE.top + 108}"/>`,
    label(legend + 12, LARGE.top + 112, 'proportional', 'start'),
  ];
}

/**
 * @param {number[]} values
 * @param {number} from
 * @param {number} to
 */
function linear(values, from, to) {
  const most = Math.max(...values);
  const unit = 10 ** Math.floor(Math.log10(most));
  const step = [0.2, 0.5, 1, 2].map((part) => part * unit).find((step) => most / step <= 5) ?? unit;
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
  return { ticks, at: (/** @type {number} */ value) => from + (value / most) * (to - from) };
}

/**
 * @param {number[]} values
 * @param {number} from
 * @param {number} to
 */
function logarithmic(values, from, to) {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.log10);
  const [first, last] = [Math.floor(low), Math.ceil(high)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  const at = (/** @type {number} */ value) => from + ((Math.log10(value) - first) / (last - first)) * (to - from);
  return { ticks, at, first: 10 ** first, last: 10 ** last };
}

/**
 * @param {Box} box
 * @param {number} y
 * @param {string} text
 */
function level({ left, width }, y, text) {
  return (
    `<line class="grid" x1="${left}" x2="${left + width}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}"/>` +
    label(left - 8, y + 4, text, 'end')
  );
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {'start' | 'middle' | 'end'} anchor
 */
function label(x, y, text, anchor) {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} i index of the series
 */
function mark(x, y, i) {
  const shapes = ['M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0', 'M-4-4H4V4H-4Z', 'M0-5L5 4H-5Z', 'M0-5L5 0L0 5L-5 0Z'];
  return `<path transform="translate(${x.toFixed(1)} ${y.toFixed(1)})" fill="${COLOURS[i]}" d="${shapes[i]}"/>`;
}

/** @param {number} value */
function short(value) {
  if (value >= 1e6) return `${value / 1e6} M`;
  return value.toLocaleString('en');
}
