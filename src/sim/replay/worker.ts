/** A worker thread: prices come once as shared memory, portfolios by task. */
import { workerData } from 'node:worker_threads';
import type { PriceGrid } from './price-grid.ts';
import type { RunResult } from './run.ts';
import { type BoundsResult, runBounds, runPolicy, type Task } from './task.ts';

/** The pool hands over its own data first, ours second. */
const grids = (workerData as readonly [unknown, readonly PriceGrid[]])[1];

export function work(task: Task): RunResult[] | BoundsResult[] {
  const grid = grids[task.grid];
  if (!grid) throw new RangeError(`expected a window below ${grids.length}, was ${task.grid}`);
  return task.kind === 'bounds' ? runBounds(grid, task) : runPolicy(grid, task);
}
