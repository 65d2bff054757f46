/** Small windows and portfolios made by hand. */

import { contractOf } from '../../../src/sim/market/index.ts';
import { Account } from '../../../src/sim/replay/account.ts';
import type { Funding, Holding, Portfolio } from '../../../src/sim/replay/portfolio.ts';
import {
  emptyGrid,
  fillRanges,
  type PriceGrid,
  STEPS_PER_MINUTE,
} from '../../../src/sim/replay/price-grid.ts';

/** One list of prices per base, one price per step. */
export function gridFrom(paths: Readonly<Record<string, readonly number[]>>): PriceGrid {
  const bases = Object.keys(paths);
  const longest = Math.max(...Object.values(paths).map((path) => path.length));
  const minutes = Math.ceil((longest - 1) / STEPS_PER_MINUTE);
  const grid = emptyGrid('made', bases, 0, minutes);
  bases.forEach((base, pair) => {
    const path = paths[base] ?? [];
    for (let step = 0; step <= minutes * STEPS_PER_MINUTE; step += 1) {
      grid.prices[step * bases.length + pair] = path[step] ?? path.at(-1) ?? 0;
    }
  });
  fillRanges(grid);
  return grid;
}

/** A straight line between the points, `steps` from each to the next. */
export function line(points: readonly number[], steps: number): number[] {
  const path = [points[0] ?? 0];
  for (let i = 1; i < points.length; i += 1) {
    const from = points[i - 1] ?? 0;
    const to = points[i] ?? 0;
    for (let k = 1; k <= steps; k += 1) path.push(from + ((to - from) * k) / steps);
  }
  return path;
}

export interface Draft {
  readonly base: string;
  readonly amount: number;
  readonly entry: number;
  readonly collateralUsd: number;
  readonly priority?: number;
  readonly weight?: number;
}

export function portfolioFrom(drafts: readonly Draft[]): Portfolio {
  const holdings = drafts.map(
    ({ base, amount, entry, priority = 50, weight = 1 }, pair): Holding => ({
      pair,
      contract: contractOf(base, entry),
      amount,
      entryPrice: entry,
      notionalUsd: Math.abs(amount) * entry,
      weight,
      priority,
    }),
  );
  return { holdings, notionalUsd: holdings.reduce((sum, { notionalUsd }) => sum + notionalUsd, 0) };
}

export function fundingFrom(drafts: readonly Draft[], freeUsd: number): Funding {
  return {
    collateralCents: drafts.map(({ collateralUsd }) => Math.round(collateralUsd * 100)),
    freeCents: Math.round(freeUsd * 100),
  };
}

export const RULES = { takerFeeRate: 0.00065, slippageRate: 0.001, pessimistic: false };

export function accountFrom(drafts: readonly Draft[], freeUsd: number, rules = RULES): Account {
  return new Account(portfolioFrom(drafts), fundingFrom(drafts, freeUsd), rules);
}

/** Free balance and collateral of an account, cents. */
export function moneyCents(account: Account): number {
  return account.collateral.reduce((sum, cents) => sum + cents, account.freeCents);
}
