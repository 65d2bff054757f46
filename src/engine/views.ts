/** Snapshots for people, built from the ledger; nothing here decides anything. */
import { Decimal, maxOf, sumOf, toFloat, ZERO } from '../core/decimal.ts';
import type { Position } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import {
  type BalancerSettings,
  decideRebalance,
  distance,
  liquidationPrice,
  marginRatePct,
} from '../systems/balancer/index.ts';
import type { BalanceView, PositionView } from './door.ts';
import type { Fences } from './fences.ts';
import type { Ledger } from './ledger.ts';

export interface AccountSums {
  readonly collateralUsd: Decimal;
  readonly unrealizedPnlUsd: Decimal;
  readonly notionalUsd: Decimal;
  /** Available plus the positions' equity; null while the free balance is unknown. */
  readonly equityUsd: Decimal | null;
}

/** Exact sums over all positions; a position without a mark counts at its entry price. */
export function accountSums(ledger: Ledger): AccountSums {
  const positions = ledger.positions();
  const collateralUsd = sumOf(positions.map((position) => position.collateralUsd));
  const unrealizedPnlUsd = sumOf(positions.map((position) => pnlOf(ledger, position)));
  const notionalUsd = sumOf(positions.map((position) => notionalOf(ledger, position)));
  const available = ledger.availableUsd();
  // What is set aside for writes in flight is still the account's money.
  const equityUsd = available
    ? available.plus(ledger.reservedUsd).plus(collateralUsd).plus(unrealizedPnlUsd)
    : null;
  return { collateralUsd, unrealizedPnlUsd, notionalUsd, equityUsd };
}

export function accountRatePct(sums: AccountSums): number | null {
  if (!sums.equityUsd || sums.notionalUsd.lte(0)) return null;
  return sums.equityUsd.div(sums.notionalUsd).times(100).toNumber();
}

/** The account's margin rate from the running sums where they hold every position, in percent. */
export function accountRateNowPct(ledger: Ledger): number | null {
  const { totals } = ledger;
  const available = ledger.availableUsd();
  const isWhole = totals.count === ledger.size && totals.notionalUsd > 0;
  if (!isWhole || !available) return accountRatePct(accountSums(ledger));
  const equityUsd = toFloat(available.plus(ledger.reservedUsd)) + totals.equityUsd;
  return (equityUsd / totals.notionalUsd) * 100;
}

export function balanceView(ledger: Ledger, settings: BalancerSettings): BalanceView {
  const sums = accountSums(ledger);
  const { equityUsd, notionalUsd } = sums;
  const profits = ledger.positions().map((position) => maxOf(ZERO, pnlOf(ledger, position)));
  return {
    availableUsd: ledger.availableUsd(),
    reservedUsd: ledger.reservedUsd,
    reserveUsd: new Decimal(settings.allocation.reserve_usdt),
    ...sums,
    lockedProfitUsd: sumOf(profits),
    leverage: equityUsd?.gt(0) ? notionalUsd.div(equityUsd).toNumber() : null,
  };
}

/** Worst first: smallest distance to liquidation; positions without a mark lead. */
export function positionViews(
  ledger: Ledger,
  fences: Fences,
  settings: BalancerSettings,
  now: number,
): PositionView[] {
  const targets = targetsOf(ledger, settings);
  return ledger
    .positions()
    .map((position) => ({
      view: viewOf(ledger, fences, position, targets.get(position.symbol) ?? null, now),
      order: orderOf(ledger, position.symbol),
    }))
    .sort((a, b) => a.order - b.order)
    .map(({ view }) => view);
}

function orderOf(ledger: Ledger, symbol: PerpSymbol): number {
  const leg = ledger.leg(symbol);
  return leg ? distance(leg) : -1;
}

function targetsOf(ledger: Ledger, settings: BalancerSettings): Map<PerpSymbol, Decimal> {
  const book = ledger.book();
  if (book.legs.length === 0 || ledger.availableUsd() === null) return new Map();
  const plan = decideRebalance(book, settings);
  return new Map(
    plan.targets.map((target) => [
      target.symbol,
      new Decimal(target.collateralUsd).toDecimalPlaces(2),
    ]),
  );
}

function viewOf(
  ledger: Ledger,
  fences: Fences,
  position: Position,
  targetUsd: Decimal | null,
  now: number,
): PositionView {
  const leg = ledger.leg(position.symbol);
  const mark = ledger.mark(position.symbol);
  const rules = ledger.rules(position.symbol);
  return {
    symbol: position.symbol,
    side: position.side,
    quantity: position.quantity,
    entryPrice: position.entryPrice,
    markPrice: mark?.price ?? null,
    markAgeMs: mark ? Math.max(0, now - mark.receivedAt) : null,
    notionalUsd: notionalOf(ledger, position),
    collateralUsd: position.collateralUsd,
    targetUsd,
    unrealizedPnlUsd: pnlOf(ledger, position),
    marginRatePct: leg ? marginRatePct(leg) : 0,
    maintenanceRatePct: rules ? rules.maintenanceRate.times(100).toNumber() : 0,
    distance: leg ? distance(leg) : 0,
    liquidationPrice: leg ? new Decimal(liquidationPrice(leg)) : position.liquidationPrice,
    weight: leg?.weight ?? 1,
    weightSource: leg?.weightSource ?? 'default',
    priority: leg?.priority ?? 50,
    fenced: fences.has(position.symbol),
  };
}

function pnlOf(ledger: Ledger, position: Position): Decimal {
  const mark = ledger.mark(position.symbol);
  if (!mark) return ZERO;
  const move = mark.price.minus(position.entryPrice).times(position.quantity);
  return position.side === 'long' ? move : move.negated();
}

function notionalOf(ledger: Ledger, position: Position): Decimal {
  const price = ledger.mark(position.symbol)?.price ?? position.entryPrice;
  return price.times(position.quantity);
}
