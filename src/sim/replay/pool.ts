/** Tasks on all cores: results come in any order, and a stop leaves those that are there. */
import { Tinypool } from 'tinypool';
import type { TaskResult } from './plan.ts';
import type { PriceGrid } from './price-grid.ts';
import type { Task } from './task.ts';
import type { work } from './worker.ts';

export interface PoolOptions {
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onDone: (done: number) => void;
}

/** @returns per task its result, null where the signal came first. @throws what a task throws. */
export async function runTasks(
  tasks: readonly Task[],
  grids: readonly PriceGrid[],
  { workers, signal, onDone }: PoolOptions,
): Promise<(TaskResult | null)[]> {
  const isSource = import.meta.url.endsWith('.ts');
  const pool = new Tinypool({
    filename: new URL(isSource ? './worker.ts' : './worker.js', import.meta.url).href,
    name: 'work',
    minThreads: Math.min(workers, tasks.length),
    maxThreads: Math.min(workers, tasks.length),
    workerData: grids,
    ...(isSource ? { execArgv: ['--import', typeScriptLoader()] } : {}),
  });
  let done = 0;
  const run = async (task: Task): Promise<TaskResult | null> => {
    try {
      const result: ReturnType<typeof work> = await pool.run(task);
      done += 1;
      onDone(done);
      return result;
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  };
  const stop = (): void => void pool.destroy().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.all(tasks.map(run));
  } finally {
    signal.removeEventListener('abort', stop);
    if (!signal.aborted) await pool.destroy();
  }
}

/**
 * Run from source, a worker needs the loader that the main thread has; it does not inherit it. A
 * module without a file, because only installed packages know where the loader lies.
 */
function typeScriptLoader(): string {
  const api = import.meta.resolve('tsx/esm/api');
  const code = `import { register } from ${JSON.stringify(api)}; register();`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
