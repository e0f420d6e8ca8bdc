// A worker's side of a crew: its own instance of the simulator, and one task after another.

/** @import { Images, Order, Report } from './worker-types.js' */

/**
 * @template Model
 * @typedef {object} Api what a simulator's module has at least
 * @property {(input: { module_or_path: WebAssembly.Module }) => Promise<unknown>} default
 * @property {new (weights: Uint8Array) => Model} Model
 */

/**
 * Does what the crew asks of this worker.
 * @template {Api<any>} A
 * @template Task
 * @template Result
 * @param {(simulator: { api: A, model: InstanceType<A['Model']> }, task: Task, images: Images) => Result} perform
 */
export function join(perform) {
  /** @type {{ api: A, model: InstanceType<A['Model']> }} */
  let simulator;

  addEventListener('message', async (/** @type {MessageEvent<Order<Task>>} */ { data }) => {
    try {
      if (data.kind === 'load') {
        const { glue, wasm, weights } = data.parts;
        /** @type {A} */
        const api = await import(glue);
        await api.default({ module_or_path: wasm });
        simulator = { api, model: new api.Model(weights) };
        report({ kind: 'ready' });
      } else {
        report({ kind: 'done', result: perform(simulator, data.task, data.images) });
      }
    } catch (error) {
      // Wasm that has trapped cannot be trusted again.
      const kind = error instanceof WebAssembly.RuntimeError ? 'crashed' : 'refused';
      report({ kind, reason: error instanceof Error ? error.message : String(error) });
    }
  });

  /** @param {Report<Result>} message */
  function report(message) {
    postMessage(message);
  }
}
