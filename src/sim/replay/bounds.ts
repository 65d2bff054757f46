/**
 * The two limits of every policy, from the price path alone.
 *
 * `cross`: one pool for all positions; the account is lost once Σ maintenance reaches the pool plus
 * Σ unrealised profit and loss. `ceiling`: whatever only moves collateral; profit is locked in its
 * position, so the account is lost once Σ max(0, maintenance − uPnL) reaches free balance plus
 * Σ collateral. Under the pessimistic rule no position can be lowered below its initial margin,
 * whatever its profit, and the ceiling counts that. A lost account is worth nothing.
 *
 * Neither depends on the pool until it is compared with it, so one pass serves every leverage.
 */
import type { Portfolio } from './portfolio.ts';
import { type PriceGrid, STEPS_PER_MINUTE } from './price-grid.ts';

export interface Bounds {
  /** The largest pool with which the account would be lost at some step, USD. */
  readonly crossNeedUsd: number;
  readonly ceilingNeedUsd: number;
  /** Σ unrealised profit and loss at the end, USD. */
  readonly pnlAtEndUsd: number;
}

export function boundsOf(grid: PriceGrid, portfolio: Portfolio, pessimistic: boolean): Bounds {
  const { holdings } = portfolio;
  const pairs = grid.bases.length;
  const steps = grid.minutes * STEPS_PER_MINUTE;
  const amounts = Float64Array.from(holdings, ({ amount }) => amount);
  const entries = Float64Array.from(holdings, ({ entryPrice }) => entryPrice);
  const maintenance = Float64Array.from(
    holdings,
    ({ contract, amount, entryPrice }) => contract.maintenanceRate * Math.abs(amount) * entryPrice,
  );
  const least = Float64Array.from(holdings, ({ contract, amount, entryPrice }) =>
    pessimistic ? contract.initialRate * Math.abs(amount) * entryPrice : 0,
  );
  const columns = Int32Array.from(holdings, ({ pair }) => pair);
  const allMaintenance = maintenance.reduce((sum, usd) => sum + usd, 0);
  let crossNeedUsd = Number.NEGATIVE_INFINITY;
  let ceilingNeedUsd = 0;
  let pnlAtEndUsd = 0;
  for (let step = 0; step <= steps; step += 1) {
    let pnl = 0;
    let locked = 0;
    const base = step * pairs;
    for (let i = 0; i < amounts.length; i += 1) {
      const price = grid.prices[base + (columns[i] ?? 0)] ?? 0;
      const own = (amounts[i] ?? 0) * (price - (entries[i] ?? 0));
      pnl += own;
      locked += Math.max(least[i] ?? 0, (maintenance[i] ?? 0) - own);
    }
    crossNeedUsd = Math.max(crossNeedUsd, allMaintenance - pnl);
    ceilingNeedUsd = Math.max(ceilingNeedUsd, locked);
    pnlAtEndUsd = pnl;
  }
  return { crossNeedUsd, ceilingNeedUsd, pnlAtEndUsd };
}
