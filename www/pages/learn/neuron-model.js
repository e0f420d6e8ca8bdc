// One leaky integrate-and-fire neuron, in the arithmetic of the simulator: `Population::step` of src/neuron.rs. A test compares
// it with the hidden neurons of a recording.

/**
 * @typedef {object} Lif
 * @property {number} tau time constant of the leak in steps; Infinity for no leak
 * @property {number} threshold
 * @property {number} refractory steps after a spike without input
 * @property {'zero' | 'subtract'} reset
 */

/** The share of the potential that is left after a step. @param {number} tau steps */
export const decayOf = (tau) => Math.fround(Math.exp(-1 / tau));

/** @param {Lif} lif */
export function createNeuron({ tau, threshold, refractory, reset }) {
  const decay = decayOf(tau);
  const limit = Math.fround(threshold);
  let v = 0;
  let rest = 0;

  return {
    /** The membrane potential, in the unit of the threshold. */
    get potential() {
      return v;
    },

    /**
     * Advances one step.
     * @param {number} current the sum of the weights that arrive, in the unit of the threshold
     * @returns {boolean} does it fire?
     */
    step(current) {
      v = Math.fround(v * decay);
      if (rest > 0) {
        rest -= 1;
        return false;
      }
      v = Math.fround(v + Math.fround(current));
      if (v < limit) return false;
      v = reset === 'zero' ? 0 : Math.fround(v - limit);
      rest = refractory;
      return true;
    },
  };
}

/**
 * How often a neuron fires in a number of steps under the same push in every step.
 * @param {Lif} lif
 * @param {number} push
 * @param {number} steps
 */
export function countSpikes(lif, push, steps) {
  const neuron = createNeuron(lif);
  let spikes = 0;
  for (let step = 0; step < steps; step++) if (neuron.step(push)) spikes += 1;
  return spikes;
}

/**
 * Steps from one spike to the next under a constant push, for a neuron that is reset to zero. After n steps the potential is
 * push (1 - d^n) / (1 - d) with the decay d; the neuron fires at the first n at which that reaches the threshold, and then rests.
 * L. Lapicque (1907) derived it in continuous time; W. Gerstner et al., Neuronal Dynamics (2014), section 1.3.
 * @param {Lif} lif
 * @param {number} push
 * @returns {number} Infinity where it never fires
 */
export function stepsBetweenSpikes({ tau, threshold, refractory }, push) {
  const decay = decayOf(tau);
  if (decay === 1) return push > 0 ? Math.ceil(threshold / push) + refractory : Number.POSITIVE_INFINITY;
  const missing = 1 - (threshold * (1 - decay)) / push;
  if (!(missing > 0)) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.ceil(Math.log(missing) / Math.log(decay))) + refractory;
}
