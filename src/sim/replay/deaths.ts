/** The last minutes of portfolios that died although moving collateral could have saved them. */
import type { Account } from './account.ts';
import type { ReplayOptions } from './options.ts';
import { type TaskResult, tasksOf } from './plan.ts';
import { fundingOf, portfolioOf } from './portfolio.ts';
import { type PriceGrid, STEPS_PER_MINUTE } from './price-grid.ts';
import { limitsAt } from './rows.ts';
import type { RunResult } from './run.ts';
import { type PolicyTask, runBounds, runOne } from './task.ts';

/** Two minutes are shown. */
const STEPS_SHOWN = 2 * STEPS_PER_MINUTE;

/** @returns one text per death, at most as many as asked for, in the order of the tasks. */
export function deathsOf(
  grids: readonly PriceGrid[],
  options: ReplayOptions,
  results: readonly (TaskResult | null)[],
): string[] {
  const shown: string[] = [];
  const tasks = tasksOf(grids, options);
  for (const [k, task] of tasks.entries()) {
    const grid = grids[task.grid];
    const runs = results[k];
    if (task.kind !== 'policy' || !task.settings || !grid || !runs) continue;
    if (task.policy === 'cross_deleveraged') continue;
    for (const [offset, run] of (runs as readonly RunResult[]).entries()) {
      if (shown.length >= options.deaths) return shown;
      const index = task.from + offset;
      if (run.liquidations === 0 || !couldLive(grid, task, index)) continue;
      shown.push(lastMinutes(grid, task, index));
    }
  }
  return shown;
}

function couldLive(grid: PriceGrid, task: PolicyTask, index: number): boolean {
  const { grid: window, bias, seed, pessimistic } = task;
  const market = { grid: window, bias, seed, pessimistic };
  const [bounds] = runBounds(grid, { kind: 'bounds', ...market, from: index, to: index + 1 });
  const funding = fundingOf(portfolioOf(grid, bias, seed, index), task.leverage);
  const cents = funding.collateralCents.reduce((sum, held) => sum + held, funding.freeCents);
  return bounds !== undefined && limitsAt(bounds, cents / 100).ceilingSurvives;
}

function lastMinutes(grid: PriceGrid, task: PolicyTask, index: number): string {
  const lines: string[] = [];
  let isOver = false;
  runOne(grid, task, index, (step, account, even) => {
    if (isOver) return;
    lines.push(lineOf(grid, step, account, even));
    if (lines.length > STEPS_SHOWN) lines.shift();
    isOver = account.liquidations > 0;
  });
  const { policy, leverage, bias } = task;
  return [`${grid.window} ${bias} ${leverage}x ${policy} portfolio ${index}`, ...lines].join('\n');
}

/** When, what is free, the even distance, and the position nearest to its end. */
function lineOf(grid: PriceGrid, step: number, account: Account, even: number): string {
  const at = new Date(grid.startAt + (step / STEPS_PER_MINUTE) * 60_000).toISOString().slice(0, 19);
  let nearest = '';
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < account.count; i += 1) {
    const amount = account.amounts[i] ?? 0;
    const price = grid.prices[step * grid.bases.length + (account.columns[i] ?? 0)] ?? 0;
    const distance = account.roomUsd(i, price) / (Math.abs(amount) * price);
    if (amount === 0 || distance >= least) continue;
    least = distance;
    nearest = grid.bases[account.columns[i] ?? 0] ?? '';
  }
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
  const free = (account.freeCents / 100).toFixed(0);
  const lost = account.liquidations > 0 ? `  liquidated ${account.liquidations}` : '';
  const where = `nearest ${nearest} ${percent(least)}${lost}`;
  return `  ${at}  free ${free}  even ${percent(even)}  ${where}`;
}
