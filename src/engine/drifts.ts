/**
 * What changed at the venue without us: told once, counted, and told apart from what we did and
 * from what the venue did to a position that had run out of margin.
 */
import type { Decimal } from '../core/decimal.ts';
import type { Notice } from '../core/notice.ts';
import type { Position } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notifier } from '../ports/notifier.ts';
import { distance } from '../systems/balancer/index.ts';
import type { Ledger } from './ledger.ts';

export type DriftChange = Extract<Notice, { type: 'drift' }>['change'];

export interface DriftsDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly notifier: Notifier;
  /** Somebody else moved the collateral of a position, or made one larger that we had reduced. */
  readonly onContested: (symbol: PerpSymbol) => void;
  /** The venue closed a position by force. */
  readonly onLiquidated: (lost: Extract<Notice, { type: 'liquidated' }>) => void;
}

/** Changes of one position that we make ourselves and that have not shown up yet. */
interface OwnChanges {
  readonly untilAt: number;
  readonly shrinks: boolean;
  readonly grows: boolean;
}

/** Our own reduction shows up in the venue's lists within this time. */
const OWN_CHANGE_MS = MINUTE_MS;
/** What grows again within this time after we reduced it was reduced in vain. */
const REVERSED_WITHIN_MS = 30 * MINUTE_MS;
/** A position that disappears this near to liquidation, as a fraction of the mark, was taken. */
const LIQUIDATED_WITHIN = 0.01;
/** Collateral that moved by more than this without us is worth telling, in USD. */
const DRIFT_MIN_USD = 1;

export class Drifts {
  readonly #deps: DriftsDeps;
  readonly #own = new Map<PerpSymbol, OwnChanges>();
  /** When we last reduced a position, in elapsed ms. */
  readonly #reducedAt = new Map<PerpSymbol, number>();

  constructor(deps: DriftsDeps) {
    this.#deps = deps;
  }

  /** We are about to make this position smaller ourselves. */
  expect(symbol: PerpSymbol): void {
    const { clock } = this.#deps;
    this.#own.set(symbol, { untilAt: clock.now() + OWN_CHANGE_MS, shrinks: true, grows: false });
    this.#reducedAt.set(symbol, clock.monotonicMs());
  }

  /** And now to open again what we closed of it, which may not show yet. */
  expectGrowth(symbol: PerpSymbol): void {
    const shrinks = this.#own.get(symbol)?.shrinks ?? false;
    const untilAt = this.#deps.clock.now() + OWN_CHANGE_MS;
    this.#own.set(symbol, { untilAt, shrinks, grows: true });
  }

  /**
   * Call before the ledger forgets what it knew of the position. `hasGrown` tells that it is larger
   * than it was, or new.
   */
  changed(symbol: PerpSymbol, change: DriftChange, hasGrown: boolean): void {
    const { clock, notifier, onContested } = this.#deps;
    if (this.#isOwn(symbol, hasGrown)) return;
    if (change === 'closed' && this.#wasLiquidated(symbol)) return;
    const isReversed = hasGrown && this.#wasReduced(symbol);
    if (change === 'recollateralised' || isReversed) onContested(symbol);
    notifier.notify({ type: 'drift', at: clock.now(), symbol, change });
  }

  #isOwn(symbol: PerpSymbol, hasGrown: boolean): boolean {
    const own = this.#own.get(symbol);
    const isExpected = hasGrown ? own?.grows : own?.shrinks;
    if (!own || !isExpected) return false;
    this.#own.set(symbol, { ...own, ...(hasGrown ? { grows: false } : { shrinks: false }) });
    const isInTime = this.#deps.clock.now() < own.untilAt;
    // What we opened again ourselves, nobody has undone.
    if (hasGrown && isInTime) this.#reducedAt.delete(symbol);
    return isInTime;
  }

  #wasReduced(symbol: PerpSymbol): boolean {
    const at = this.#reducedAt.get(symbol);
    return at !== undefined && this.#deps.clock.monotonicMs() - at < REVERSED_WITHIN_MS;
  }

  #wasLiquidated(symbol: PerpSymbol): boolean {
    const { ledger, clock, notifier, onLiquidated } = this.#deps;
    const leg = ledger.leg(symbol);
    const position = ledger.position(symbol);
    const mark = ledger.mark(symbol);
    if (!leg || !position || !mark || distance(leg) > LIQUIDATED_WITHIN) return false;
    const lost = {
      type: 'liquidated',
      at: clock.now(),
      symbol,
      side: position.side,
      quantity: position.quantity,
      markPrice: mark.price,
      collateralUsd: position.collateralUsd,
    } as const;
    notifier.notify(lost);
    onLiquidated(lost);
    return true;
  }
}

/** What is different, if anything that people should know of. */
export function changeOf(before: Position, after: Position): DriftChange | null {
  if (before.id !== after.id || before.side !== after.side) return 'opened';
  if (!before.quantity.eq(after.quantity)) return 'resized';
  const moved: Decimal = before.collateralUsd.minus(after.collateralUsd).abs();
  return moved.gt(DRIFT_MIN_USD) ? 'recollateralised' : null;
}

/** Larger than it was, or another one in its place. */
export function hasGrown(before: Position, after: Position): boolean {
  const isOther = before.id !== after.id || before.side !== after.side;
  return isOther || after.quantity.gt(before.quantity);
}
