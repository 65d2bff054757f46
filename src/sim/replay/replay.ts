/** A replay from options to rows. */
import { candleWindows, readNamedWindow } from '../market/index.ts';
import { deathsOf } from './deaths.ts';
import { GENERATED, generatedGrid } from './generated-windows.ts';
import { type ReplayOptions, ReplayUsageError } from './options.ts';
import { rowsOf, tasksOf } from './plan.ts';
import { runTasks } from './pool.ts';
import { type GridBuild, gridOf, type PriceGrid } from './price-grid.ts';
import type { Row } from './rows.ts';

export interface Replay {
  readonly rows: readonly Row[];
  /** False when it was stopped early: rows hold fewer portfolios, or are missing. */
  readonly isComplete: boolean;
  readonly grids: readonly PriceGrid[];
  readonly notes: readonly string[];
  /** The last minutes of some that the ceiling says could have lived. */
  readonly deaths: readonly string[];
}

export interface ReplayHooks {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** @throws BallastError naming the folder, file, pair or window that cannot be used. */
export async function replay(options: ReplayOptions, hooks: ReplayHooks): Promise<Replay> {
  const builds = await windowsOf(options);
  const grids = builds.map(({ grid }) => grid);
  const tasks = tasksOf(grids, options);
  hooks.onProgress(0, tasks.length);
  const results = await runTasks(tasks, grids, {
    workers: options.workers,
    signal: hooks.signal,
    onDone: (done) => hooks.onProgress(done, tasks.length),
  });
  return {
    rows: rowsOf(grids, options, tasks, results),
    isComplete: results.every((result) => result !== null),
    grids,
    deaths: options.deaths > 0 ? deathsOf(grids, options, results) : [],
    notes: builds.flatMap(({ notes }) => notes),
  };
}

async function windowsOf({ candles, windows, seed }: ReplayOptions): Promise<GridBuild[]> {
  if (candles === null) {
    const unknown = windows.find((name) => !GENERATED.some((scenario) => scenario === name));
    if (unknown !== undefined) {
      const known = GENERATED.join(', ');
      throw new ReplayUsageError(`--window: expected one of ${known}, was ${unknown}`);
    }
    return GENERATED.filter((name) => windows.length === 0 || windows.includes(name)).map(
      (scenario) => ({ grid: generatedGrid(scenario, seed), notes: [] }),
    );
  }
  const names = windows.length > 0 ? windows : await candleWindows(candles);
  const builds: GridBuild[] = [];
  for (const name of names) builds.push(gridOf(name, await readNamedWindow(candles, name)));
  return builds;
}
