// The workers, one a core. Each asks for its next task when it is idle; one that dies is replaced, and its task is
// handed out again.

/** @import { Images, Order, Parts, Report } from './worker-types.js' */

/** How many workers a task may cost before it is given up. */
const DEATHS = 2;

/**
 * @template {object} Task
 * @template Result
 * @typedef {object} Duty what the crew asks for, and what it tells
 * @property {() => Worker} hire starts one of the workers that do such tasks; see member.js
 * @property {() => Task | null} next the next task to hand out, or null where none is left
 * @property {(task: Task) => Images} imagesOf a copy, which goes over to the worker
 * @property {(task: Task, result: Result) => void} onDone
 * @property {(reason: string) => void} onLost a worker died; another does its task again
 * @property {(task: Task, reason: string) => void} onFail the task cannot be done
 * @property {(reason: string) => void} onBroken no worker could be started
 */

/**
 * @template {object} Task
 * @template Result
 * @param {Parts} parts of the simulator
 * @param {number} size workers
 * @param {Duty<Task, Result>} duty
 */
export function createCrew(parts, size, duty) {
  /** @typedef {{ worker: Worker, task: Task | null, loaded: boolean }} Member */

  /** @type {Set<Member>} */
  const members = new Set();
  /** @type {WeakMap<Task, number>} */
  const deaths = new WeakMap();
  /** @type {Task[]} those whose workers died */
  let lost = [];

  function hire() {
    const worker = duty.hire();
    /** @type {Member} */
    const member = { worker, task: null, loaded: false };
    members.add(member);
    worker.addEventListener('message', (/** @type {MessageEvent<Report<Result>>} */ { data }) => {
      if (members.has(member)) hear(member, data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (members.has(member)) hear(member, { kind: 'crashed', reason: event.message || 'it could not be started' });
    });
    give(member, { kind: 'load', parts });
  }

  /**
   * @param {Member} member
   * @param {Order<Task>} order
   * @param {Transferable[]} [handed] what goes over to the worker
   */
  function give({ worker }, order, handed = []) {
    worker.postMessage(order, handed);
  }

  /** @param {Member} member */
  function assign(member) {
    const task = lost.shift() ?? duty.next();
    member.task = task;
    if (!task) return;
    const images = duty.imagesOf(task);
    give(member, { kind: 'task', task, images }, [images.ink.buffer, images.labels.buffer]);
  }

  /** @param {Member} member */
  function dismiss(member) {
    members.delete(member);
    member.worker.terminate();
  }

  /**
   * @param {Member} member
   * @param {Report<Result>} report
   */
  function hear(member, report) {
    const { task } = member;
    if (report.kind === 'ready') {
      member.loaded = true;
      assign(member);
    } else if (report.kind === 'done') {
      if (task) duty.onDone(task, report.result);
      assign(member);
    } else if (report.kind === 'refused' && task) {
      duty.onFail(task, report.reason);
      assign(member);
    } else {
      bury(member, report.reason);
    }
  }

  /**
   * @param {Member} member
   * @param {string} reason it is of no more use
   */
  function bury(member, reason) {
    const { task, loaded } = member;
    dismiss(member);
    // One that never came to life would be replaced for ever.
    if (loaded) hire();
    else if (members.size === 0) duty.onBroken(reason);
    if (task) {
      const count = (deaths.get(task) ?? 0) + 1;
      deaths.set(task, count);
      if (count < DEATHS) {
        lost.push(task);
        duty.onLost(reason);
      } else {
        duty.onFail(task, reason);
      }
    }
  }

  return {
    /** Sets idle workers to work; there may be tasks now. */
    wake() {
      while (members.size < size) hire();
      for (const member of members) if (member.loaded && !member.task) assign(member);
    },

    /** Ends every worker, at once. */
    stop() {
      lost = [];
      for (const member of members) dismiss(member);
    },
  };
}
