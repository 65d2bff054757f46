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
  /** Somebody else moved the collateral of a position. */
  readonly onRecollateralised: (symbol: PerpSymbol) => void;
  /** The venue closed a position by force. */
  readonly onLiquidated: (lost: Extract<Notice, { type: 'liquidated' }>) => void;
}

/** Our own reduction shows up in the venue's lists within this time. */
const OWN_CHANGE_MS = MINUTE_MS;
/** A position that disappears this near to liquidation, as a fraction of the mark, was taken. */
const LIQUIDATED_WITHIN = 0.01;
/** Collateral that moved by more than this without us is worth telling, in USD. */
const DRIFT_MIN_USD = 1;

export class Drifts {
  readonly #deps: DriftsDeps;
  readonly #ownUntil = new Map<PerpSymbol, number>();

  constructor(deps: DriftsDeps) {
    this.#deps = deps;
  }

  /** We are about to change the size of this position ourselves. */
  expect(symbol: PerpSymbol): void {
    this.#ownUntil.set(symbol, this.#deps.clock.now() + OWN_CHANGE_MS);
  }

  /** Call before the ledger forgets what it knew of the position. */
  changed(symbol: PerpSymbol, change: DriftChange): void {
    const { clock, notifier, onRecollateralised } = this.#deps;
    const ownUntil = this.#ownUntil.get(symbol);
    if (ownUntil !== undefined && change !== 'opened') {
      this.#ownUntil.delete(symbol);
      if (clock.now() < ownUntil) return;
    }
    if (change === 'closed' && this.#wasLiquidated(symbol)) return;
    if (change === 'recollateralised') onRecollateralised(symbol);
    notifier.notify({ type: 'drift', at: clock.now(), symbol, change });
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
