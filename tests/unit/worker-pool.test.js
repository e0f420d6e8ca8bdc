// The pool hands tasks to workers, replaces workers that crash, and gives up tasks that cannot be done.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkerPool } from '../../www/simulator/worker-pool.js';

/** @import { Command, Images } from '../../www/simulator/worker-types.js' */

/** @typedef {{ name: string }} Task */

/** A worker that does nothing by itself: the test reports in its place. */
class FakeWorker extends EventTarget {
  /** @type {Command<Task>[]} */
  commands = [];
  ended = false;

  /** @param {Command<Task>} command @param {ArrayBuffer[]} transferred */
  postMessage(command, transferred) {
    this.commands.push(structuredClone(command, { transfer: transferred }));
  }

  terminate() {
    this.ended = true;
  }

  /** The name of the task that it was given last. */
  get task() {
    const command = this.commands.at(-1);
    return command?.kind === 'task' ? command.task.name : undefined;
  }

  /** @param {unknown} data */
  report(data) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  done() {
    this.report({ kind: 'done', result: `${this.task} done` });
  }

  crash() {
    this.report({ kind: 'crashed', reason: 'unreachable' });
  }
}

/**
 * A pool with some tasks.
 * @param {number} size
 * @param {string[]} names of the tasks
 */
function poolOf(size, names) {
  /** @type {FakeWorker[]} */
  const workers = [];
  /** @type {string[]} */
  const events = [];
  const waiting = names.map((name) => ({ name }));
  /** @type {Images[]} */
  const handedOver = [];
  const pool = createWorkerPool(
    /** @type {import('../../www/simulator/worker-pool.js').PoolOptions<Task, string>} */ ({
      parts: { glue: 'glue', wasm: /** @type {any} */ (null), weights: new Uint8Array() },
      size,
      startWorker() {
        const worker = new FakeWorker();
        workers.push(worker);
        return /** @type {any} */ (worker);
      },
      nextTask: () => waiting.shift() ?? null,
      imagesOf() {
        const images = { ink: new Uint8Array(784), labels: new Uint8Array(1) };
        handedOver.push(images);
        return images;
      },
      onDone: (task, result) => events.push(`${task.name}: ${result}`),
      onRetry: (reason) => events.push(`retry: ${reason}`),
      onFail: (task, reason) => events.push(`${task.name} failed: ${reason}`),
      onUnavailable: (reason) => events.push(`unavailable: ${reason}`),
    }),
  );
  pool.start();
  return { pool, workers, waiting, events, handedOver, alive: () => workers.filter(({ ended }) => !ended) };
}

test('each worker loads the simulator first, and is given one task at a time', () => {
  const { workers, events, handedOver } = poolOf(2, ['a', 'b', 'c']);
  assert.deepEqual(
    workers.map(({ commands }) => commands.map(({ kind }) => kind)),
    [['load'], ['load']],
  );
  const [first, second] = workers;
  first.report({ kind: 'ready' });
  assert.deepEqual([first.task, second.task], ['a', undefined]);
  second.report({ kind: 'ready' });
  first.done();
  first.done();
  second.done();
  first.done();
  assert.deepEqual(events, ['a: a done', 'c: c done', 'b: b done']);
  // The images move to the worker without a copy.
  assert.ok(handedOver.every(({ ink, labels }) => ink.length === 0 && labels.length === 0));
});

test('idle workers take tasks that come later', () => {
  const { pool, workers, waiting } = poolOf(1, []);
  workers[0].report({ kind: 'ready' });
  waiting.push({ name: 'late' });
  assert.equal(workers[0].task, undefined);
  pool.start();
  assert.deepEqual([workers.length, workers[0].task], [1, 'late']);
});

test('a worker that crashes is replaced, and its task is done by another', () => {
  const { workers, events, alive } = poolOf(2, ['a', 'b']);
  for (const worker of workers) worker.report({ kind: 'ready' });
  workers[0].crash();
  assert.deepEqual([workers[0].ended, workers.length, alive().length], [true, 3, 2]);
  workers[1].done();
  assert.equal(workers[1].task, 'a');
  workers[1].done();
  assert.deepEqual(events, ['retry: unreachable', 'b: b done', 'a: a done']);
});

test('an idle worker repeats the task of one that crashes, even if no replacement gets ready', () => {
  const { workers } = poolOf(2, ['a']);
  for (const worker of workers) worker.report({ kind: 'ready' });
  workers[0].crash();
  assert.equal(workers[1].task, 'a');
});

test('a task that crashes a second worker is given up, and the others continue', () => {
  const { workers, events } = poolOf(1, ['bad', 'good']);
  workers[0].report({ kind: 'ready' });
  workers[0].crash();
  workers[1].report({ kind: 'ready' });
  workers[1].crash();
  workers[2].report({ kind: 'ready' });
  workers[2].done();
  assert.deepEqual(events, ['retry: unreachable', 'bad failed: unreachable', 'good: good done']);
});

test('a task that is refused fails, and its worker continues', () => {
  const { workers, events } = poolOf(1, ['bad', 'good']);
  workers[0].report({ kind: 'ready' });
  workers[0].report({ kind: 'refused', reason: 'steps must be at least 1' });
  workers[0].done();
  assert.deepEqual(events, ['bad failed: steps must be at least 1', 'good: good done']);
  assert.equal(workers.length, 1);
});

test('workers that never get ready are not replaced; the failure of the last one is reported', () => {
  const { workers, events } = poolOf(2, ['a']);
  workers[0].dispatchEvent(new Event('error', { cancelable: true }));
  assert.deepEqual(events, []);
  workers[1].report({ kind: 'refused', reason: 'no wasm' });
  assert.deepEqual([events, workers.length], [['unavailable: no wasm'], 2]);
});

test('stopping ends every worker; later reports are ignored', () => {
  const { pool, workers, events, alive } = poolOf(2, ['a', 'b', 'c']);
  for (const worker of workers) worker.report({ kind: 'ready' });
  pool.stop();
  assert.equal(alive().length, 0);
  workers[0].done();
  workers[1].crash();
  assert.deepEqual(events, []);
  pool.start();
  assert.equal(alive().length, 2);
});
