// A pool of workers. An idle worker is given the next task. A worker that crashes is replaced, and its task is repeated.

/** @import { Command, Images, Parts, Report } from './worker-types.js' */

import { messageOf } from '../ui/errors.js';

/** A task that crashed this many workers is given up. */
const MAX_CRASHES = 2;

/**
 * @template {object} Task
 * @template Result
 * @typedef {object} PoolOptions
 * @property {Parts} parts the simulator and the network
 * @property {number} size most workers at a time
 * @property {() => Worker} startWorker starts a worker whose module calls `runTasks` of worker-tasks.js
 * @property {() => Task | null} nextTask the next task; null if there is none at the moment
 * @property {(task: Task) => Images} imagesOf a copy of the task's images; the worker takes it over
 * @property {(task: Task, result: Result) => void} onDone
 * @property {(reason: string) => void} onRetry a worker crashed, and its task will be repeated
 * @property {(task: Task, reason: string) => void} onFail a task cannot be done
 * @property {(reason: string) => void} onUnavailable no worker could be started
 */

/**
 * @template {object} Task
 * @template Result
 * @param {PoolOptions<Task, Result>} options
 */
export function createWorkerPool(options) {
  /** @typedef {{ worker: Worker, ready: boolean, task: Task | null }} PoolWorker */

  /** @type {Set<PoolWorker>} */
  const workers = new Set();
  /** @type {WeakMap<Task, number>} */
  const crashes = new WeakMap();
  /** @type {Task[]} tasks whose workers crashed */
  let retries = [];

  function addWorker() {
    const worker = options.startWorker();
    /** @type {PoolWorker} */
    const added = { worker, ready: false, task: null };
    workers.add(added);
    worker.addEventListener('message', (/** @type {MessageEvent<Report<Result>>} */ { data }) => {
      if (workers.has(added)) handleReport(added, data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (workers.has(added)) handleCrash(added, event.message || 'it could not be started');
    });
    send(added, { kind: 'load', parts: options.parts });
  }

  /**
   * @param {PoolWorker} to
   * @param {Command<Task>} command
   * @param {Transferable[]} [transferred]
   */
  function send({ worker }, command, transferred = []) {
    worker.postMessage(command, transferred);
  }

  /** @param {PoolWorker} idle */
  function assignTask(idle) {
    const task = retries.shift() ?? options.nextTask();
    idle.task = task;
    if (!task) return;
    const images = options.imagesOf(task);
    send(idle, { kind: 'task', task, images }, [images.ink.buffer, images.labels.buffer]);
  }

  function assignTasks() {
    for (const worker of workers) if (worker.ready && !worker.task) assignTask(worker);
  }

  /**
   * @param {PoolWorker} from
   * @param {Report<Result>} report
   */
  function handleReport(from, report) {
    const { task } = from;
    if (report.kind === 'ready') {
      from.ready = true;
      assignTask(from);
    } else if (report.kind === 'done') {
      if (task) options.onDone(task, report.result);
      assignTask(from);
    } else if (report.kind === 'refused' && task) {
      options.onFail(task, report.reason);
      assignTask(from);
    } else {
      handleCrash(from, report.reason);
    }
  }

  /**
   * @param {PoolWorker} crashed
   * @param {string} reason
   */
  function handleCrash(crashed, reason) {
    const { task, ready } = crashed;
    remove(crashed);
    // A worker that was never ready is not replaced: its replacement would fail too, and so on for ever.
    if (ready) addWorker();
    else if (workers.size === 0) options.onUnavailable(reason);
    if (!task) return;
    const count = (crashes.get(task) ?? 0) + 1;
    crashes.set(task, count);
    if (count === MAX_CRASHES) {
      options.onFail(task, reason);
      return;
    }
    retries.push(task);
    options.onRetry(reason);
    // The replacement may never be ready; an idle worker can repeat the task now.
    assignTasks();
  }

  /** @param {PoolWorker} removed */
  function remove(removed) {
    workers.delete(removed);
    removed.worker.terminate();
  }

  return {
    /** Starts the workers that are missing, and gives tasks to idle ones. Call it when there may be new tasks. */
    start() {
      try {
        while (workers.size < options.size) addWorker();
      } catch (error) {
        // In a browser without workers, their constructor is not defined.
        if (workers.size === 0) {
          options.onUnavailable(error instanceof ReferenceError ? 'this browser has no workers' : messageOf(error));
        }
      }
      assignTasks();
    },

    /** Ends all workers and forgets their tasks. */
    stop() {
      retries = [];
      for (const worker of workers) remove(worker);
    },
  };
}
