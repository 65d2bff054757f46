/** What a worker is asked for: some portfolios of one window under one policy and leverage. */
import {
  type BalancerSettings,
  SLIPPAGE_RATE,
  TAKER_FEE_RATE,
} from '../../systems/balancer/index.ts';
import { Account } from './account.ts';
import { type Bounds, boundsOf } from './bounds.ts';
import { CrossTwin } from './cross-twin.ts';
import type { Policy } from './policies.ts';
import { type Bias, fundingOf, portfolioOf } from './portfolio.ts';
import type { PriceGrid } from './price-grid.ts';
import { Run, type RunResult, type Watcher } from './run.ts';

export interface Market {
  /** Which window. */
  readonly grid: number;
  readonly bias: Bias;
  readonly seed: number;
  readonly pessimistic: boolean;
}

export interface PolicyTask extends Market {
  readonly kind: 'policy';
  readonly policy: Policy;
  readonly settings: BalancerSettings | null;
  readonly leverage: number;
  readonly from: number;
  readonly to: number;
  readonly latencyMs: number;
  readonly writesPerMinute: number;
  readonly serial: boolean;
  readonly oracle: boolean;
}

/** The limits of some portfolios, for every leverage at once. */
export interface BoundsTask extends Market {
  readonly kind: 'bounds';
  readonly from: number;
  readonly to: number;
}

export type Task = PolicyTask | BoundsTask;

/** A portfolio's limits, and what it is made of. */
export interface BoundsResult extends Bounds {
  readonly notionalUsd: number;
}

export function runBounds(grid: PriceGrid, task: BoundsTask): BoundsResult[] {
  const results: BoundsResult[] = [];
  for (let index = task.from; index < task.to; index += 1) {
    const portfolio = portfolioOf(grid, task.bias, task.seed, index);
    const { notionalUsd } = portfolio;
    results.push({ ...boundsOf(grid, portfolio, task.pessimistic), notionalUsd });
  }
  return results;
}

export function runPolicy(grid: PriceGrid, task: PolicyTask): RunResult[] {
  const results: RunResult[] = [];
  for (let index = task.from; index < task.to; index += 1) {
    results.push(runOne(grid, task, index));
  }
  return results;
}

export function runOne(
  grid: PriceGrid,
  task: PolicyTask,
  index: number,
  watcher: Watcher | null = null,
): RunResult {
  const portfolio = portfolioOf(grid, task.bias, task.seed, index);
  const funding = fundingOf(portfolio, task.leverage);
  const { pessimistic, settings } = task;
  const rules = { takerFeeRate: TAKER_FEE_RATE, slippageRate: SLIPPAGE_RATE, pessimistic };
  if (task.policy === 'cross_deleveraged' && settings) {
    return new CrossTwin(grid, portfolio, funding, rules, { ...task, settings }).run();
  }
  const account = new Account(portfolio, funding, rules);
  return new Run(grid, account, task, watcher).run();
}
