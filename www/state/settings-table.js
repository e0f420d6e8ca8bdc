// Generated from src/settings.rs by `npm run generate`; do not edit.

export const SETTINGS = /** @type {const} */ ([
  {
    name: 'steps',
    key: 'steps',
    range: { type: 'whole', min: 1, max: 100000 },
    mustBe: 'a whole number from 1 to 100000',
  },
  { name: 'maxRate', key: 'rate', range: { type: 'number', min: 0, optional: false }, mustBe: 'a number, 0 or more' },
  {
    name: 'tauM',
    key: 'tau',
    range: { type: 'number', above: 0, optional: true },
    mustBe: 'a positive number, or inf',
  },
  {
    name: 'threshold',
    key: 'threshold',
    range: { type: 'number', above: 0, optional: false },
    mustBe: 'a positive number',
  },
  {
    name: 'refractory',
    key: 'refractory',
    range: { type: 'whole', min: 0, max: 100000 },
    mustBe: 'a whole number from 0 to 100000',
  },
  { name: 'dt', key: 'dt', range: { type: 'number', above: 0, optional: false }, mustBe: 'a positive number' },
  {
    name: 'reset',
    key: 'reset',
    range: {
      type: 'choice',
      options: [
        { value: 'zero', text: 'to zero' },
        { value: 'subtract', text: 'subtract' },
      ],
    },
    mustBe: 'one of zero, subtract',
  },
  {
    name: 'normalisation',
    key: 'norm',
    range: {
      type: 'choice',
      options: [
        { value: 'model', text: 'the model’s' },
        { value: 'none', text: 'none' },
        { value: 'max', text: 'largest activation' },
        { value: 'percentile99', text: '99th percentile' },
        { value: 'percentile99.9', text: '99.9th percentile' },
      ],
    },
    mustBe: 'one of model, none, max, percentile99, percentile99.9',
  },
  {
    name: 'encoding',
    key: 'encoding',
    range: {
      type: 'choice',
      options: [
        { value: 'poisson', text: 'Poisson' },
        { value: 'regular', text: 'regular' },
        { value: 'latency', text: 'latency' },
      ],
    },
    mustBe: 'one of poisson, regular, latency',
  },
  {
    name: 'readout',
    key: 'readout',
    range: {
      type: 'choice',
      options: [
        { value: 'count', text: 'most spikes' },
        { value: 'membrane', text: 'highest potential' },
        { value: 'first', text: 'first spike' },
      ],
    },
    mustBe: 'one of count, membrane, first',
  },
  {
    name: 'seed',
    key: 'seed',
    range: { type: 'whole', min: 0, max: 9007199254740991 },
    mustBe: 'a whole number below 2^53',
  },
]);
