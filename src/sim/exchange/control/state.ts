/** `GET /sim/state`: everything worth seeing, in plain JSON. */
import {
  accountTotals,
  maintenanceUsd,
  markOf,
  moneyInWorld,
  type SimPosition,
  usdOf,
  type World,
} from '../core/index.ts';
import { recordedAt } from '../rows/market-rows.ts';
import { figuresOf } from '../rows/position-row.ts';
import type { Venue } from '../venue.ts';

const LIQUIDATIONS_SHOWN = 200;

export function stateOf(venue: Venue): object {
  venue.catchUp();
  const { world, clock } = venue;
  const totals = accountTotals(world);
  const { ledger, market } = world;
  return {
    now: clock.now(),
    marketTime: Math.round(world.now),
    recordedTime: recordedAt(market),
    scenario: venue.scenario,
    speed: venue.speed,
    seed: venue.seed,
    wallet: { balance: totals.balanceUsd, available: totals.availableUsd },
    equity: totals.equityUsd,
    unrealizedPnl: totals.unrealizedPnlUsd,
    notional: totals.notionalUsd,
    accountMarginRatePct:
      totals.notionalUsd === 0 ? null : (100 * totals.equityUsd) / totals.notionalUsd,
    positions: [...world.positions.values()].map((position) => positionOf(world, position)),
    marks: Object.fromEntries(
      market.contracts.map(({ symbol }, index) => [symbol, markOf(world, index)]),
    ),
    activeOrders: world.activeOrders.size,
    liquidations: world.liquidations.slice(-LIQUIDATIONS_SHOWN),
    fees: usdOf(ledger.fees.units),
    insurance: usdOf(ledger.insurance.units),
    moneyOutOfPlace: usdOf(moneyInWorld(world)),
    faults: venue.faults.list(),
  };
}

function positionOf(world: World, position: SimPosition): object {
  const mark = markOf(world, position.index);
  const figures = figuresOf(position, mark);
  const collateral = usdOf(position.collateral.units);
  const notional = Math.abs(position.amount) * mark;
  return {
    id: position.id,
    symbol: position.contract.symbol,
    side: position.amount > 0 ? 'long' : 'short',
    amount: position.amount,
    entryPrice: position.entryPrice,
    markPrice: mark,
    collateral,
    collateralMin: figures.collateralMin,
    unrealizedPnl: figures.pnl,
    liquidationPrice: figures.liquidationPrice,
    leverage: figures.leverage,
    maintenance: maintenanceUsd(position, position.contract),
    marginRatePct: notional === 0 ? null : (100 * (collateral + figures.pnl)) / notional,
  };
}
