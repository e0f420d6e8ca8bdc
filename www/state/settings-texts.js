// Generated from src/settings.rs by `npm run generate`; do not edit.

/** @import { SettingTexts } from './parameters.js' */

/** @type {Record<string, SettingTexts>} */
export const TEXTS = {
  steps: {
    label: 'Steps',
    unit: 'steps',
    help: 'Number of time steps for which the digit is shown.',
    slider: { min: 1, max: 2000, log: true },
  },
  maxRate: {
    label: 'Maximum input rate',
    unit: 'Hz',
    help: 'Spike rate of a full-ink pixel, at most one spike per step.',
    slider: { min: 1, max: 10000, log: true },
  },
  tauM: {
    label: 'Time constant τ_m',
    unit: 'ms',
    help: 'Time for a membrane to decay to 37 %; infinity means no decay.',
    slider: { min: 0.1, max: 10000, log: true },
  },
  threshold: {
    label: 'Threshold',
    unit: '',
    help: 'Potential at which a neuron spikes: the higher, the fewer spikes.',
    slider: { min: 0.01, max: 100, log: true },
  },
  refractory: {
    label: 'Refractory period',
    unit: 'steps',
    help: 'Number of steps after a spike in which a neuron takes no input.',
    slider: { min: 0, max: 100, log: false },
  },
  dt: {
    label: 'Time step',
    unit: 'ms',
    help: 'Length of a time step, for rates and decay.',
    slider: { min: 0.01, max: 100, log: true },
  },
  reset: { label: 'Reset', unit: '', help: 'What a spike does to the membrane potential.', slider: null },
  normalisation: {
    label: 'Normalisation',
    unit: '',
    help: 'How the trained weights are scaled against the threshold.',
    slider: null,
  },
  encoding: {
    label: 'Encoding',
    unit: '',
    help: 'How ink becomes spikes: random, regular, or one per pixel.',
    slider: null,
  },
  readout: {
    label: 'Readout',
    unit: '',
    help: 'What the answer is read from; with potentials, outputs never spike.',
    slider: null,
  },
  seed: { label: 'Seed', unit: '', help: "Seed of the input's random numbers: same seed, same spikes.", slider: null },
};
