/** Types that several modules of the bench use. */

import type { Settings, SettingsResult, SettingsTask } from '../../measuring/types.js';
import type { Images } from '../../simulator/worker-types.js';

export type { Settings };

/** A range of images that a worker presents, under one plan. */
export interface Task extends SettingsTask {
  readonly images: number;
}

/** What a worker counted, and how long it took. */
export type TaskResult = SettingsResult;

/** A measurement, divided into tasks for workers. */
export interface Job<Result> {
  /** The next task; null if all have been handed out. */
  nextTask(): Task | null;
  /** A copy of the task's images. */
  imagesOf(task: Task): Images;
  onDone(task: Task, result: TaskResult): void;
  readonly progress: { readonly done: number; readonly all: number; readonly sentence: string };
  /** null until all tasks are done. */
  readonly result: Result | null;
}
