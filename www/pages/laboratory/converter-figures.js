// The numbers of the walkthrough through NengoDL's converter: what each of its settings does to the accuracy.

/** @import { Plan, Result, Rule, Value } from './types.js' */

import { percent } from '../../ui/number-format.js';
import { accuracyOf } from './number-format.js';
import { planOf } from './plan.js';
import { ratesOf } from './rates.js';

/** The scale and the synapse with which the converted network reads as many digits as before. */
const SCALE = { scale_firing_rates: 100 };
const SYNAPSE = { synapse: 0.01 };

/**
 * @param {Record<string, Value>} overrides
 * @param {Rule | null} [readout]
 */
function converted(overrides, readout = null) {
  return planOf('nengo_dl_converter', { overrides, readout });
}

/**
 * @param {(result: Result) => string} rateOf the mean rate of the hidden neurons, in words
 * @returns {Record<string, { plan: Plan, textOf: (result: Result) => string }>} the plan of each number, and its text
 */
export function converterFigures(rateOf) {
  const bare = converted({});
  const scaled = converted(SCALE);
  return {
    converted: { plan: bare, textOf: accuracyOf },
    'converted-tied': { plan: bare, textOf: (result) => percent(ratesOf(result).ties) },
    'converted-rate': { plan: bare, textOf: rateOf },
    'converted-mean': { plan: converted({}, 'mean'), textOf: accuracyOf },
    'converted-synapse': { plan: converted(SYNAPSE), textOf: accuracyOf },
    'converted-scale': { plan: scaled, textOf: accuracyOf },
    'converted-scale-rate': { plan: scaled, textOf: rateOf },
    'converted-both': { plan: converted({ ...SCALE, ...SYNAPSE }), textOf: accuracyOf },
    'converted-lif': { plan: converted({ ...SYNAPSE, neuron: 'LIF' }), textOf: accuracyOf },
    'converted-lif-scale': { plan: converted({ ...SCALE, ...SYNAPSE, neuron: 'LIF' }), textOf: accuracyOf },
    'converted-relu': { plan: converted({ neuron: 'RectifiedLinear' }), textOf: accuracyOf },
  };
}
