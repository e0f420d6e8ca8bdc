// The views that have a tab, in the order of their tabs.

/** @import { ViewEntry } from './types.js' */

/** @type {readonly ViewEntry[]} */
export const VIEWS = [
  {
    name: 'spikes',
    title: 'Spikes',
    question: 'Which neurons fire, and when?',
    load: async () => (await import('./spikes.js')).createSpikes,
    pictures: [
      { title: 'Spikes', canvases: '.raster, .sums' },
      { title: 'Output membranes', canvases: '.membranes', tellsAnswer: true },
    ],
  },
  {
    name: 'why',
    title: 'Inside a neuron',
    question: 'Why did this neuron fire?',
    load: async () => (await import('./inside-neuron.js')).createInsideNeuron,
    pictures: [
      { title: 'Inside a neuron: membrane and spikes', canvases: '.plot' },
      { title: 'Inside a neuron: weights and pushes', canvases: '.fields canvas' },
    ],
  },
  {
    name: 'race',
    title: 'Votes over time',
    question: 'How do the votes for each class grow?',
    tellsAnswer: true,
    load: async () => (await import('./votes-over-time.js')).createVotesOverTime,
    pictures: [{ title: 'Votes over time', canvases: '.plot' }],
  },
  {
    name: 'horizon',
    title: 'Stop earlier?',
    question: 'What would a shorter presentation answer, and how often is that right?',
    tellsAnswer: true,
    load: async () => (await import('./stop-earlier.js')).createStopEarlier,
    pictures: [{ title: 'Stop earlier', canvases: '.plot' }],
  },
  {
    name: 'chance',
    title: 'Repeat 100 times',
    question: 'Does the answer depend on chance?',
    tellsAnswer: true,
    load: async () => (await import('./repetitions.js')).createRepetitions,
    pictures: [{ title: 'Repeat 100 times', canvases: '.plot' }],
  },
  {
    name: 'energy',
    title: 'Energy',
    question: 'What does the answer cost, compared with the same network without spikes?',
    load: async () => (await import('./energy.js')).createEnergy,
    pictures: [{ title: 'Energy', canvases: '.plot' }],
  },
];
