/** Many seeds over a few workers, with one line for each that fails. */
import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import type { SeedResult } from './run-seed.ts';
import type { SeedTask } from './worker.ts';

export interface SeedsOptions {
  readonly seeds: readonly number[];
  readonly hours: number;
  readonly workers?: number | undefined;
  /** The first violation ends its seed, and no further one begins. */
  readonly stopsAtFailure?: boolean;
  readonly onResult: (result: SeedResult) => void;
}

const WORKERS_MAX = 16;

/** Resolves when every seed has run. @throws when a worker dies. */
export async function runSeeds(options: SeedsOptions): Promise<readonly SeedResult[]> {
  const { seeds, hours, stopsAtFailure = false, onResult } = options;
  const wanted = options.workers ?? Math.min(WORKERS_MAX, availableParallelism());
  const workers = Math.min(wanted, seeds.length);
  const pool = new Tinypool({
    filename: new URL(import.meta.url.replace(/seeds\.(ts|js)$/, 'worker.$1')).href,
    minThreads: workers,
    maxThreads: workers,
    runtime: 'child_process',
    name: 'run',
  });
  const results: SeedResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (;;) {
      const seed = seeds[next];
      next += 1;
      if (seed === undefined) return;
      const task: SeedTask = { seed, hours, stopsAtFirst: stopsAtFailure };
      const result = (await pool.run(task)) as SeedResult;
      results.push(result);
      onResult(result);
      if (stopsAtFailure && result.violations.length > 0) next = seeds.length;
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, work));
  } finally {
    await pool.destroy();
  }
  return results.sort((a, b) => a.seed - b.seed);
}
