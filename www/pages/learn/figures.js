// The figures, by the id of their chapter.

/** @import { Figure } from './types.js' */

import { figure as convert } from './figures/convert.js';
import { figure as cost } from './figures/cost.js';
import { figure as looks } from './figures/looks.js';
import { figure as neuron } from './figures/neuron.js';
import { figure as own } from './figures/own.js';
import { figure as see } from './figures/see.js';
import { figure as spikes } from './figures/spikes.js';
import { figure as steps } from './figures/steps.js';
import { figure as vote } from './figures/vote.js';

/** @type {Record<string, Figure<any>>} */
export const FIGURES = { see, spikes, neuron, looks, vote, steps, convert, cost, own };
