// The worker's side of worker-pool.js: it loads the simulator, then does one task after another.
// This module imports nothing, so that a worker needs as few requests as possible to start.

/** @import { Command, Images, Report } from './worker-types.js' */

/**
 * @template Model
 * @typedef {object} Api what every build of the simulator exports
 * @property {(input: { module_or_path: WebAssembly.Module }) => Promise<unknown>} default
 * @property {new (weights: Uint8Array) => Model} Model
 */

/**
 * Does the tasks that the page sends to this worker.
 * @template {Api<any>} A
 * @template Task
 * @template Result
 * @param {(simulator: { api: A, model: InstanceType<A['Model']> }, task: Task, images: Images) => Result} perform
 */
export function runTasks(perform) {
  /** @type {{ api: A, model: InstanceType<A['Model']> }} */
  let simulator;

  addEventListener('message', async (/** @type {MessageEvent<Command<Task>>} */ { data }) => {
    try {
      if (data.kind === 'load') {
        const { glue, wasm, weights, damage } = data.parts;
        /** @type {A} */
        const api = await import(glue);
        await api.default({ module_or_path: wasm });
        const model = new api.Model(weights);
        simulator = { api, model: damage ? model.damaged(damage) : model };
        report({ kind: 'ready' });
      } else {
        report({ kind: 'done', result: perform(simulator, data.task, data.images) });
      }
    } catch (error) {
      // After a trap the memory of the wasm instance is in an unknown state.
      const kind = error instanceof WebAssembly.RuntimeError ? 'crashed' : 'refused';
      report({ kind, reason: error instanceof Error ? error.message : String(error) });
    }
  });

  /** @param {Report<Result>} message */
  function report(message) {
    postMessage(message);
  }
}
