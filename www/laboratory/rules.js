// What each framework's rule does with a spike, in a few facts and a sentence. The rules themselves are the
// simulator's; these are what a reader needs to compare them.

/** @import { Dialect } from './types.js' */

/**
 * @typedef {object} Facts
 * @property {number} drive what one step of full ink adds to a hidden membrane through a weight of 1, in thresholds;
 *   where the input itself decays, summed over its decay
 * @property {number} kept share of its potential that a membrane keeps from one step to the next
 * @property {number} threshold at which it spikes, in the framework's own units
 * @property {boolean} late does a spike reach the next layer only in the next step?
 * @property {boolean} many can a neuron spike more than once in a step?
 * @property {number} refractory steps after a spike in which a neuron takes no input
 * @property {string} reset what a spike does to the potential
 * @property {string} rule one step, in words
 */

/** Length of a step where a framework has one, s. */
const DT = 1e-3;

/** @typedef {ReturnType<typeof readerOf>} Reader */

/** @type {Record<string, (of: Reader) => Facts>} */
const RULES = {
  snnTorch(of) {
    const threshold = of.number('threshold', 1);
    const zero = of.text('reset_mechanism') === 'zero';
    return {
      ...PLAIN,
      drive: 1 / threshold,
      kept: of.number('beta', Math.exp(-1 / 20)),
      threshold,
      reset: `the potential ${zero ? 'to zero' : 'by the threshold'}, one step later`,
      rule: 'lets the potential decay, adds the whole input and compares; the reset for a spike comes with the next step',
    };
  },

  SpikingJelly(of) {
    const threshold = of.number('v_threshold', 1);
    const leaks = of.text('node') !== 'IFNode';
    const tau = of.number('tau', 2);
    const divides = leaks && of.is('decay_input', true);
    return {
      ...PLAIN,
      drive: (divides ? 1 / tau : 1) / threshold,
      kept: leaks ? 1 - 1 / tau : 1,
      threshold,
      reset: of.isEmpty('v_reset') ? 'the potential by the threshold, at once' : 'the potential to zero, at once',
      rule: divides
        ? `moves the potential 1/${tau} of the way to the input, and compares`
        : `${leaks ? 'lets the potential decay, ' : ''}adds the whole input and compares`,
    };
  },

  Norse(of) {
    const threshold = of.number('v_th', 1);
    const memory = of.number('tau_mem_inv', 100) * DT;
    const synapse = of.text('cell') !== 'LIFBoxCell' ? of.number('tau_syn_inv', 200) * DT : null;
    return {
      ...PLAIN,
      drive: memory / (synapse ?? 1) / threshold,
      kept: 1 - memory,
      threshold,
      reset: 'the potential to zero, at once',
      rule: synapse
        ? 'gathers the input in a current that decays over the steps that follow, and lets that current move the potential'
        : `moves the potential ${memory} of the way to the input, and compares`,
    };
  },

  Sinabs(of) {
    const threshold = of.number('spike_threshold', 1);
    const kept = of.text('layer') !== 'IAF' ? Math.exp(-1 / of.number('tau_mem', 20)) : 1;
    const normalised = kept < 1 && of.is('norm_input', true);
    return {
      ...PLAIN,
      drive: (normalised ? 1 - kept : 1) / threshold,
      kept,
      threshold,
      many: of.text('spike_fn') !== 'SingleSpike',
      reset: 'the potential by a threshold a spike, at once',
      rule: normalised
        ? `lets the potential decay, adds the input times ${(1 - kept).toFixed(3)}, and compares`
        : `${kept < 1 ? 'lets the potential decay, ' : ''}adds the whole input and compares`,
    };
  },

  Rockpool(of) {
    const threshold = of.number('threshold', 1);
    const synapse = Math.exp(-DT / of.number('tau_syn', 0.02));
    return {
      ...PLAIN,
      drive: synapse / (1 - synapse) / threshold,
      kept: Math.exp(-DT / of.number('tau_mem', 0.02)),
      threshold,
      many: of.number('max_spikes_per_dt', 2) > 1,
      reset: 'the potential by a threshold a spike, at once',
      rule: 'gathers the input in a synaptic current, which decays and is added to the potential in every step',
    };
  },

  BindsNET(of) {
    const threshold = of.number('thresh', -52);
    const refractory = of.number('refrac', 5);
    return {
      ...PLAIN,
      drive: 1 / (threshold - of.number('rest', -65)),
      kept: Math.exp(-1 / of.number('tc_decay', 100)),
      threshold,
      late: true,
      refractory,
      reset: 'the potential to its reset value, at once',
      rule: 'lets the potential decay towards rest, adds what the layer before spiked a step earlier, and compares',
    };
  },

  Brian2(of) {
    const threshold = of.number('threshold', 1);
    return {
      ...PLAIN,
      drive: 1 / threshold,
      kept: Math.exp(-1 / of.number('tau', 20)),
      threshold,
      late: true,
      refractory: Math.round(of.number('refractory', 5)),
      reset: 'the potential to zero, at once',
      rule: 'lets the potential decay, compares, and only then adds the input, which counts from the next step on',
    };
  },

  Nengo(of) {
    const leaks = of.text('neuron_type') !== 'SpikingRectifiedLinear';
    const kept = leaks ? Math.exp(-DT / of.number('tau_rc', 0.02)) : 1;
    const tauRef = of.number('tau_ref', 2e-3);
    // See nengo/neurons.py, LIF.gain_bias and RectifiedLinear.gain_bias: for the same rates and intercepts.
    const [rate, intercept] = [of.number('max_rates', 100), of.number('intercepts', 0)];
    const solved = leaks
      ? (1 / (1 - Math.exp((tauRef - 1 / rate) / of.number('tau_rc', 0.02))) - 1) / (1 - intercept)
      : rate / (1 - intercept);
    const poisson = of.text('input') !== 'bernoulli';
    const spikes = poisson ? of.number('input_scale', 255) * of.number('input_max_rates', 100) * DT : 1;
    const current = (of.number('gain', solved) * spikes * of.number('input_amplitude', 1)) / DT;
    return {
      ...PLAIN,
      drive: current * (leaks ? 1 - kept : DT),
      kept,
      threshold: 1,
      many: !leaks,
      refractory: leaks ? Math.round(tauRef / DT) : 0,
      reset: leaks ? 'the potential to zero, at a moment within the step' : 'the potential by one a spike, at once',
      rule: leaks
        ? 'takes each spike as 1/dt high, times its amplitude, multiplies the sum by the gain, adds the bias, and moves the potential towards it'
        : 'adds the input, times gain and dt, and spikes as often as the potential holds 1',
    };
  },
};

const PLAIN = { late: false, many: false, refractory: 0 };

/**
 * What is known of a dialect's rule at its own parameters; null for the network without spikes.
 * @param {Dialect} dialect
 * @returns {Facts | null}
 */
export function factsOf(dialect) {
  const rule = RULES[dialect.framework === 'NengoDL' ? 'Nengo' : dialect.framework];
  if (!rule) return null;
  const of = readerOf(dialect);
  const facts = rule(of);
  return { ...facts, drive: facts.drive * of.number('weight_scale', 1) };
}

/**
 * @param {Dialect} dialect
 * @returns {number | null} see `Facts`
 */
export function driveOf(dialect) {
  return factsOf(dialect)?.drive ?? null;
}

/** @param {Dialect} dialect */
function readerOf({ parameters }) {
  const given = (/** @type {string} */ name) => parameters.find((parameter) => parameter.name === name)?.value;
  return {
    isEmpty: (/** @type {string} */ name) => given(name) === null,
    is: (/** @type {string} */ name, /** @type {boolean} */ value) => (given(name) ?? value) === value,
    text: (/** @type {string} */ name) => given(name),
    /**
     * @param {string} name
     * @param {number} otherwise where there is none, or it is left to the framework
     */
    number(name, otherwise) {
      const value = given(name);
      return typeof value === 'number' ? value : otherwise;
    },
  };
}
