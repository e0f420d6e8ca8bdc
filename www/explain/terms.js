// The glossary: the words that the pages use, in the order in which one needs them.

/**
 * @typedef {object} Term
 * @property {string} name as the glossary lists it
 * @property {string} text
 */

/** @satisfies {Record<string, Term>} */
export const TERMS = {
  spike: {
    name: 'Spike',
    text: 'A short signal that a neuron sends to others. Every spike is the same. What counts is who sends it, when, and how many come.',
  },
  neuron: {
    name: 'Spiking neuron (leaky integrate-and-fire, LIF)',
    text: 'It adds up the spikes that arrive in its membrane potential. The potential leaks away with time. When it reaches the threshold, the neuron sends a spike itself, and its potential is reset.',
  },
  membrane: {
    name: 'Membrane potential',
    text: 'What a neuron has added up so far. A spike that arrives raises or lowers it by the weight of its connection.',
  },
  threshold: {
    name: 'Threshold',
    text: 'The potential at which a neuron sends a spike. With a higher threshold, neurons fire less often.',
  },
  leak: {
    name: 'Leak, time constant',
    text: 'Between spikes the potential falls back to 0. The time constant says how fast: after one time constant 37 % is left.',
  },
  reset: {
    name: 'Reset, refractory period',
    text: 'After a spike the potential is set to 0, or is lowered by the threshold. In a refractory period the neuron then takes no input for some steps.',
  },
  weight: {
    name: 'Weight',
    text: 'How strongly one neuron acts on another. A positive weight excites: it pushes the potential up. A negative weight inhibits: it pushes the potential down.',
  },
  poisson: {
    name: 'Rate coding with Poisson spikes',
    text: 'How ink becomes spikes: at every step each pixel fires or stays silent by chance. Dark ink fires often, paper never. The time between spikes is random.',
  },
  step: {
    name: 'Step',
    text: 'The simulation advances in steps of 1 ms. In each step a spike can cross the whole network.',
  },
  hidden: {
    name: 'Hidden neuron',
    text: 'A neuron between the picture and the outputs. Training has made it look for some pattern of strokes.',
  },
  vote: {
    name: 'Vote',
    text: 'A spike of an output neuron. Each output stands for one digit. The digit with the most votes is the answer.',
  },
  ann: {
    name: 'The same network without spikes (ANN)',
    text: 'An ordinary artificial neural network with the same weights. Its neurons pass on one number each instead of spikes in time. It was trained; its weights then became those of the spiking network.',
  },
  seed: {
    name: 'Seed',
    text: 'The start of the random numbers. The same seed gives exactly the same spikes, on every machine.',
  },
  mnist: {
    name: 'MNIST',
    text: '70,000 handwritten digits of 28 × 28 pixels from the 1990s. The network was trained on 60,000 of them and is measured on the other 10,000.',
  },
};

/** @typedef {keyof typeof TERMS} TermName */
