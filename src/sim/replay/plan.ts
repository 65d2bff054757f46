/** Which tasks a replay consists of, and how their results come together again. */
import type { ReplayOptions } from './options.ts';
import { isBound, type Policy, settingsOf } from './policies.ts';
import { type Bias, fundingOf, portfolioOf } from './portfolio.ts';
import type { PriceGrid } from './price-grid.ts';
import { limitsAt, type Row, rowOf, type Sample } from './rows.ts';
import type { RunResult } from './run.ts';
import type { BoundsResult, BoundsTask, PolicyTask, Task } from './task.ts';

/** Small enough that a stop comes soon and that cores are busy to the end. */
const CHUNK = 10;

export type TaskResult = readonly RunResult[] | readonly BoundsResult[];

/** Limits first: everything is compared with them. */
export function tasksOf(grids: readonly PriceGrid[], options: ReplayOptions): Task[] {
  const tasks: Task[] = [];
  for (const [grid] of grids.entries()) {
    for (const bias of options.biases) {
      const { seed, pessimistic } = options;
      const market = { grid, bias, seed, pessimistic };
      for (const part of chunks(options.portfolios)) {
        tasks.push({ kind: 'bounds', ...market, ...part } satisfies BoundsTask);
        for (const { leverage, policy } of simulated(options)) {
          tasks.push({
            kind: 'policy',
            ...market,
            ...part,
            policy,
            leverage,
            settings: settingsOf(policy, options),
            latencyMs: options.latencyMs,
            writesPerMinute: options.writesPerMinute,
            serial: options.serial,
            oracle: options.oracle,
          } satisfies PolicyTask);
        }
      }
    }
  }
  return tasks;
}

/**
 * Doing nothing is always run, and where positions are reduced the cross account that reduces too:
 * the others are compared with them, and they cost next to nothing.
 */
function simulated({ leverages, policies, deleverage }: ReplayOptions) {
  const twin: Policy[] = deleverage ? ['cross_deleveraged'] : [];
  const wanted = new Set<Policy>(['none', ...twin, ...policies]);
  const run = [...wanted].filter((policy) => !isBound(policy));
  return leverages.flatMap((leverage) => run.map((policy) => ({ leverage, policy })));
}

function* chunks(portfolios: number): Generator<{ from: number; to: number }> {
  for (let from = 0; from < portfolios; from += CHUNK) {
    yield { from, to: Math.min(portfolios, from + CHUNK) };
  }
}

/**
 * Rows in the order of windows, biases, leverages and policies, whatever the order in which tasks
 * ended. A chunk whose tasks did not all end is left out of every row, so that rows of a stopped
 * replay compare the same portfolios.
 */
export function rowsOf(
  grids: readonly PriceGrid[],
  options: ReplayOptions,
  tasks: readonly Task[],
  results: readonly (TaskResult | null)[],
): Row[] {
  const outcomes = new Map<string, readonly (RunResult | BoundsResult)[]>();
  const incomplete = new Set<string>();
  tasks.forEach((task, i) => {
    const result = results[i];
    if (result) outcomes.set(keyOf(task), result);
    else incomplete.add(chunkKey(task));
  });
  const rows: Row[] = [];
  for (const [grid, { window }] of grids.entries()) {
    for (const bias of options.biases) {
      const parts = [...chunks(options.portfolios)].filter(
        ({ from }) => !incomplete.has(`${grid}/${bias}/${from}`),
      );
      if (parts.length === 0) continue;
      const group = { grids, options, outcomes, grid, bias, parts };
      for (const leverage of options.leverages) {
        for (const policy of options.policies) {
          rows.push(rowOf({ window, policy, leverage, bias }, samplesOf(group, leverage, policy)));
        }
      }
    }
  }
  return rows;
}

interface Group {
  readonly grids: readonly PriceGrid[];
  readonly options: ReplayOptions;
  readonly outcomes: ReadonlyMap<string, readonly (RunResult | BoundsResult)[]>;
  readonly grid: number;
  readonly bias: Bias;
  readonly parts: readonly { readonly from: number; readonly to: number }[];
}

function samplesOf(group: Group, leverage: number, policy: Policy): Sample[] {
  const { outcomes, grid, bias, options } = group;
  const priceGrid = group.grids[grid];
  if (!priceGrid) return [];
  return group.parts.flatMap(({ from, to }) => {
    const key = `${grid}/${bias}/${from}`;
    const bounds = (outcomes.get(`${key}/bounds`) ?? []) as readonly BoundsResult[];
    const runsOf = (name: Policy) =>
      (outcomes.get(`${key}/${name}/${leverage}`) ?? []) as readonly RunResult[];
    const none = runsOf('none');
    const twin = runsOf('cross_deleveraged');
    const runs = runsOf(policy);
    const samples: Sample[] = [];
    for (let index = from; index < to; index += 1) {
      const bound = bounds[index - from];
      if (!bound) continue;
      const poolUsd = poolOf(priceGrid, bias, options.seed, index, leverage);
      const limits = limitsAt(bound, poolUsd);
      const run = isBound(policy) ? limitRun(policy, limits, bound) : runs[index - from];
      if (!run) continue;
      samples.push({
        ...run,
        ...limits,
        index,
        noneEquityUsd: none[index - from]?.equityUsd ?? null,
        crossDeleveragedEquityUsd: twin[index - from]?.equityUsd ?? null,
        notionalUsd: bound.notionalUsd,
      });
    }
    return samples;
  });
}

/** A limit as if it had been run: it writes nothing, and loses all or nothing. */
function limitRun(
  policy: Policy,
  limits: ReturnType<typeof limitsAt>,
  bound: BoundsResult,
): RunResult {
  const isCross = policy === 'cross';
  const survives = isCross ? limits.crossSurvives : limits.ceilingSurvives;
  return {
    liquidations: survives ? 0 : 1,
    liquidatedUsd: survives ? 0 : bound.notionalUsd,
    equityUsd: isCross ? limits.crossEquityUsd : limits.ceilingEquityUsd,
    hours: 0,
    writes: 0,
    worstMinute: 0,
    topUps: 0,
    reductions: 0,
    rolls: 0,
    avoidable: null,
    avoidableEarlier: null,
  };
}

function poolOf(
  grid: PriceGrid,
  bias: Bias,
  seed: number,
  index: number,
  leverage: number,
): number {
  const { collateralCents, freeCents } = fundingOf(portfolioOf(grid, bias, seed, index), leverage);
  return collateralCents.reduce((sum, held) => sum + held, freeCents) / 100;
}

function keyOf(task: Task): string {
  const chunk = chunkKey(task);
  return task.kind === 'bounds' ? `${chunk}/bounds` : `${chunk}/${task.policy}/${task.leverage}`;
}

function chunkKey({ grid, bias, from }: Task): string {
  return `${grid}/${bias}/${from}`;
}
