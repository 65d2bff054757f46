/**
 * Setting locked profit free before the account runs dry.
 *
 * Unrealised profit of one position cannot pay for another on isolated margin: what can be spread
 * is collateral only. When so little of it is left that the even distance falls below
 * `harvest.below_distance_pct`, winners are realised, most profit per notional first: reduced, or
 * rolled, which closes a quantity and opens the same quantity again at once. A roll turns profit
 * into balance, keeps the exposure and pays fee and slippage twice.
 */
import { CENT_PLACES, ceilTo, Decimal, floorTo, WIRE_PLACES } from '../../core/decimal.ts';
import type { Side } from '../../core/position.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import { SLIPPAGE_RATE, TAKER_FEE_RATE } from './closing.ts';
import {
  assertBook,
  type Book,
  collateralAtUsd,
  type Leg,
  notionalUsd,
  unrealizedPnlUsd,
} from './model.ts';
import type { BalancerSettings } from './settings.ts';
import { evenDistance, reachableTotals } from './totals.ts';

export interface HarvestMove {
  readonly symbol: PerpSymbol;
  readonly positionId: string;
  readonly side: Side;
  /** Base units to close, and, for a roll, to open again on the same side. */
  readonly quantity: Decimal;
  readonly positionQuantity: Decimal;
  /** Profit that becomes balance, before costs; rounded down to cents. */
  readonly realizesUsd: Decimal;
  /** Fee and slippage of every order it takes; rounded up to cents. */
  readonly costUsd: Decimal;
  /** A roll: the collateral of what is opened again, at the even distance; zero for a reduction. */
  readonly collateralUsd: Decimal;
  readonly priority: number;
}

export interface HarvestPlan {
  readonly mode: 'reduce' | 'roll';
  /** In the order in which they are to be made. */
  readonly moves: readonly HarvestMove[];
  /** The even distance of the account now and as it will be, fractions. */
  readonly evenBefore: number;
  readonly evenAfter: number;
}

/** Realised until the even distance is this many times the line, so that it is not met again. */
const GOAL_FACTOR = 1.25;
/** What is set free is worth at least this many times what it costs. */
const GAIN_FACTOR_MIN = 4;
/** More at once would take longer than prices stand still; the rest is for the next plan. */
const MOVES_MAX = 4;
const COST_RATE = TAKER_FEE_RATE + SLIPPAGE_RATE;

/**
 * Plans what to realise; null when it is switched off, when collateral suffices, or when no winner
 * is worth its costs. `rollCapPct` is the largest share of a position rolled at once, percent; a
 * reduction has its own cap. @throws InvariantError on numbers no venue can mean.
 */
export function planHarvest(
  book: Book,
  settings: BalancerSettings,
  rollCapPct = 100,
): HarvestPlan | null {
  const { mode, below_distance_pct: belowPct } = settings.harvest;
  if (mode === 'off') return null;
  assertBook(book);
  const line = belowPct / 100;
  const capPct = mode === 'roll' ? rollCapPct : settings.liquidation.max_single_close_pct;
  const evenBefore = levelOf(book, settings);
  if (evenBefore >= line) return null;
  const moves: HarvestMove[] = [];
  let after = book;
  let evenAfter = evenBefore;
  for (const leg of inOrder(book.legs, mode, evenBefore)) {
    if (evenAfter >= line * GOAL_FACTOR || moves.length >= MOVES_MAX) break;
    const move = moveOf(leg, mode, evenAfter, capPct);
    if (!move) continue;
    moves.push(move);
    after = applied(after, leg, move, mode);
    evenAfter = levelOf(after, settings);
  }
  return moves.length === 0 ? null : { mode, moves, evenBefore, evenAfter };
}

function levelOf(book: Book, settings: BalancerSettings): number {
  const reserveUsd = settings.allocation.reserve_usdt;
  return evenDistance(reachableTotals(book, reserveUsd), book.availableUsd, reserveUsd);
}

type Mode = HarvestPlan['mode'];

/** Lowest priority first, for a roll too: when it fails it is a reduction. */
function inOrder(legs: readonly Leg[], mode: Mode, even: number): Leg[] {
  const perNotional = (leg: Leg): number => gainUsd(leg, mode, even) / notionalUsd(leg);
  const winners = legs.filter((leg) => isWorthIt(leg, mode, even));
  return winners.sort(
    (a, b) =>
      a.priority - b.priority || perNotional(b) - perNotional(a) || (a.symbol < b.symbol ? -1 : 1),
  );
}

function isWorthIt(leg: Leg, mode: Mode, even: number): boolean {
  const isPinned = leg.minUsd >= leg.collateralUsd && leg.maxUsd <= leg.collateralUsd;
  const gain = Math.min(unrealizedPnlUsd(leg), gainUsd(leg, mode, even));
  return !isPinned && gain >= GAIN_FACTOR_MIN * costUsd(leg, mode);
}

/**
 * What realising the whole position adds to the collateral that others can have, USD: its profit
 * beyond what keeps it at the even distance, less the costs. A reduction keeps nothing.
 */
function gainUsd(leg: Leg, mode: Mode, even: number): number {
  const pnl = unrealizedPnlUsd(leg);
  const kept = mode === 'roll' ? reopenedUsd(leg, even) : 0;
  // Collateral down to the minimum can be had without realising anything.
  const givesUsd = Math.max(0, leg.collateralUsd - leg.minUsd);
  return leg.collateralUsd + pnl - kept - costUsd(leg, mode) - givesUsd;
}

function costUsd(leg: Leg, mode: Mode): number {
  return (mode === 'roll' ? 2 : 1) * COST_RATE * notionalUsd(leg);
}

/** Collateral of the same position opened at the mark: the even distance, at least maintenance. */
function reopenedUsd(leg: Leg, even: number): number {
  const fresh = { ...leg, entryPrice: leg.markPrice, liquidationPrice: null };
  return collateralAtUsd(fresh, Math.max(0, even) + COST_RATE);
}

function moveOf(leg: Leg, mode: Mode, even: number, capPct: number): HarvestMove | null {
  const held = leg.quantityExact;
  const quantity = capPct === 100 ? held : floorTo(held.times(capPct).div(100), WIRE_PLACES);
  if (quantity.lt(leg.minQuantity) || quantity.lte(0)) return null;
  const share = quantity.div(held).toNumber();
  const collateralUsd = mode === 'roll' ? reopenedUsd(leg, even) * share : 0;
  return {
    symbol: leg.symbol,
    positionId: leg.positionId,
    side: leg.direction === 1 ? 'long' : 'short',
    quantity,
    positionQuantity: held,
    realizesUsd: floorTo(unrealizedPnlUsd(leg) * share, CENT_PLACES),
    costUsd: ceilTo(costUsd(leg, mode) * share, CENT_PLACES),
    collateralUsd: ceilTo(collateralUsd, CENT_PLACES),
    priority: leg.priority,
  };
}

/** The book once the move has happened, as far as the even distance depends on it. */
function applied(book: Book, leg: Leg, move: HarvestMove, mode: Mode): Book {
  const share = move.quantity.div(leg.quantityExact).toNumber();
  const releasedUsd = leg.collateralUsd * share;
  const freedUsd = releasedUsd + unrealizedPnlUsd(leg) * share - move.costUsd.toNumber();
  const availableExact = book.availableExact.plus(
    floorTo(freedUsd - move.collateralUsd.toNumber(), CENT_PLACES),
  );
  const legs = book.legs.flatMap((other) => {
    if (other !== leg) return [other];
    return mode === 'roll' ? [rolled(leg, move, share)] : reduced(leg, share);
  });
  return { legs, availableExact, availableUsd: availableExact.toNumber() };
}

/** The share opened again has the mark as its entry; the venue averages it with the rest's. */
function rolled(leg: Leg, move: HarvestMove, share: number): Leg {
  const rest = Math.max(0, 1 - share);
  const kept = floorTo(leg.collateralExact.times(rest), CENT_PLACES);
  const collateralExact = kept.plus(move.collateralUsd);
  return {
    ...leg,
    entryPrice: leg.entryPrice * rest + leg.markPrice * share,
    liquidationPrice: null,
    collateralExact,
    collateralUsd: collateralExact.toNumber(),
    minUsd: leg.minUsd * rest,
  };
}

function reduced(leg: Leg, share: number): Leg[] {
  if (share >= 1) return [];
  const rest = 1 - share;
  const collateralExact = floorTo(leg.collateralExact.times(rest), CENT_PLACES);
  return [
    {
      ...leg,
      quantity: leg.quantity * rest,
      quantityExact: new Decimal(leg.quantity * rest),
      collateralExact,
      collateralUsd: collateralExact.toNumber(),
      minUsd: leg.minUsd * rest,
    },
  ];
}
