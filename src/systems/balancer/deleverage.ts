/**
 * Reducing positions when the whole account is short.
 *
 * need_i = max(minUsd_i, safeEquity_i − uPnL_i), where
 * safeEquity_i = maintenance_i × safety_margin_multiplier, more while the position falls fast
 * (`fall.ts`)
 * shortfall = Σ need_i − (available + Σ collateral_i)
 *
 * Closing a share f of a position takes f × need off the requirement and moves f × uPnL to the
 * wallet, so it relieves f × (need + uPnL), less fee and slippage on the notional closed. It makes
 * no equity: what it relieves is risk, and profit that was locked. Unrealised profit of a position
 * never pays for another one here, because on isolated margin it cannot.
 */
import { CENT_PLACES, ceilTo, Decimal, floorTo, WIRE_PLACES } from '../../core/decimal.ts';
import type { Side } from '../../core/position.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import { closingCostUsd } from './closing.ts';
import { safeEquityUsd } from './fall.ts';
import { assertBook, type Book, type Leg, notionalUsd, unrealizedPnlUsd } from './model.ts';
import type { BalancerSettings } from './settings.ts';

export interface Reduction {
  readonly symbol: PerpSymbol;
  readonly positionId: string;
  readonly side: Side;
  /** Base units to close. */
  readonly quantity: Decimal;
  /** Base units held when this was decided. */
  readonly positionQuantity: Decimal;
  readonly sharePct: number;
  readonly notionalUsd: Decimal;
  /** By how much the shortfall falls, after fee and slippage; rounded down to cents. */
  readonly relievesUsd: Decimal;
  readonly priority: number;
}

export interface DeleveragePlan {
  readonly shortfallUsd: Decimal;
  /** In the order in which they are to be made. Empty when nothing that may be closed helps. */
  readonly reductions: readonly Reduction[];
  /** What is still short after all of them; zero when the plan covers everything. */
  readonly remainingUsd: Decimal;
}

/** Less than a cent short is rounding. */
const SHORTFALL_MIN_USD = 0.01;

/** The collateral a position should have to be safe by the settings, in USD. */
export function needUsd(leg: Leg, settings: BalancerSettings): number {
  return Math.max(0, leg.minUsd, safeEquityUsd(leg, settings) - unrealizedPnlUsd(leg));
}

/** How much collateral the account lacks, in USD; negative when it has more than it needs. */
export function shortfall(book: Book, settings: BalancerSettings): number {
  return book.legs.reduce(
    (sum, leg) => sum + needUsd(leg, settings) - leg.collateralUsd,
    -book.availableUsd,
  );
}

/** By how much the shortfall falls when the whole position is closed at the mark. May be < 0. */
export function reliefUsd(leg: Leg, settings: BalancerSettings): number {
  return needUsd(leg, settings) + unrealizedPnlUsd(leg) - closingCostUsd(leg);
}

/**
 * Plans the reductions that cover the shortfall: lowest priority first, among equals the largest
 * relief per notional closed. Null when nothing is short or reducing is switched off.
 * @throws InvariantError on numbers no venue can mean.
 */
export function planDeleverage(book: Book, settings: BalancerSettings): DeleveragePlan | null {
  if (!settings.liquidation.enabled) return null;
  assertBook(book);
  const shortUsd = shortfall(book, settings);
  if (shortUsd < SHORTFALL_MIN_USD) return null;
  const reductions: Reduction[] = [];
  let left = shortUsd;
  for (const { leg, relief } of inOrder(book.legs, settings)) {
    if (left <= 0) break;
    const quantity = quantityToClose(leg, left / relief, settings.liquidation);
    if (!quantity) continue;
    const share = quantity.div(leg.quantityExact).toNumber();
    reductions.push(reductionOf(leg, quantity, share, relief));
    left -= share * relief;
  }
  return {
    shortfallUsd: ceilTo(shortUsd, CENT_PLACES),
    reductions,
    remainingUsd: ceilTo(Math.max(0, left), CENT_PLACES),
  };
}

interface Candidate {
  readonly leg: Leg;
  readonly relief: number;
  readonly perNotional: number;
}

/** Positions whose closing relieves nothing after costs are no help. */
function inOrder(legs: readonly Leg[], settings: BalancerSettings): Candidate[] {
  const candidates: Candidate[] = [];
  for (const leg of legs) {
    const relief = reliefUsd(leg, settings);
    if (relief > 0) candidates.push({ leg, relief, perNotional: relief / notionalUsd(leg) });
  }
  return candidates.sort(
    (a, b) =>
      a.leg.priority - b.leg.priority ||
      b.perNotional - a.perNotional ||
      (a.leg.symbol < b.leg.symbol ? -1 : 1),
  );
}

/**
 * The quantity for a wanted share, rounded up to the venue's eight places, at most the cap, at
 * least the smallest order, never leaving a rest too small to be closed later. Null when no such
 * quantity exists.
 */
export function quantityToClose(
  leg: Leg,
  wantedShare: number,
  rules: Pick<BalancerSettings['liquidation'], 'max_single_close_pct'>,
): Decimal | null {
  const held = leg.quantityExact;
  const capShare = new Decimal(rules.max_single_close_pct).div(100);
  const cap = floorTo(held.times(capShare), WIRE_PLACES);
  const least = new Decimal(leg.minQuantity);
  const wanted = ceilTo(held.times(Math.min(1, wantedShare)), WIRE_PLACES);
  let quantity = Decimal.max(wanted, least);
  if (quantity.gt(cap)) quantity = cap;
  const rest = held.minus(quantity);
  if (rest.gt(0) && rest.lt(least)) quantity = cap.gte(held) ? held : held.minus(least);
  return quantity.gt(0) && quantity.gte(least) ? quantity : null;
}

/** `share` is the quantity's part of the position; `relief` what closing all of it would free. */
export function reductionOf(leg: Leg, quantity: Decimal, share: number, relief: number): Reduction {
  return {
    symbol: leg.symbol,
    positionId: leg.positionId,
    side: leg.direction === 1 ? 'long' : 'short',
    quantity,
    positionQuantity: leg.quantityExact,
    sharePct: share * 100,
    notionalUsd: floorTo(quantity.times(leg.markPrice), CENT_PLACES),
    relievesUsd: floorTo(share * relief, CENT_PLACES),
    priority: leg.priority,
  };
}
