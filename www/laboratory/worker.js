// One core: its own instance of the simulator, which presents the images of one task after another.

/** @import { Order, Report, Tally } from './types.js' */

import { keyOf } from './plan.js';

/** @type {typeof import('../pkg/laboratory.js')} */
let api;
/** @type {import('../pkg/laboratory.js').Model} */
let model;
/** @type {{ plan: string, experiment: import('../pkg/laboratory.js').Experiment } | null} the one of the last task */
let current = null;

/** @param {Extract<Order, { kind: 'load' }>} order */
async function load({ glue, wasm, weights }) {
  api = await import(glue);
  await api.default({ module_or_path: wasm });
  model = new api.Model(weights);
}

/**
 * @param {Extract<Order, { kind: 'task' }>} order
 * @returns {Tally}
 */
function perform({ task: { plan, first }, seed, ink, labels }) {
  if (current?.plan !== keyOf(plan)) {
    current?.experiment.free();
    current = null;
    const { dialect, overrides, readout, steps } = plan;
    current = { plan: keyOf(plan), experiment: new api.Experiment(model, dialect, overrides, readout, steps) };
  }
  const began = performance.now();
  const { answers: _, ...counts } = current.experiment.run(ink, labels, first, seed);
  return { ...counts, busy: performance.now() - began };
}

/** @param {Report} message */
function report(message) {
  postMessage(message);
}

addEventListener('message', async (/** @type {MessageEvent<Order>} */ { data }) => {
  try {
    if (data.kind === 'load') {
      await load(data);
      report({ kind: 'ready' });
    } else {
      report({ kind: 'done', tally: perform(data) });
    }
  } catch (error) {
    // Wasm that has trapped cannot be trusted again.
    const kind = error instanceof WebAssembly.RuntimeError ? 'crashed' : 'refused';
    report({ kind, reason: error instanceof Error ? error.message : String(error) });
  }
});
