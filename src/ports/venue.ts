import type {
  DurableIntent,
  OrderAction,
  ReducePosition,
  ReopenPosition,
  SentIntent,
  SetCollateral,
} from '../core/action.ts';
import type { Decimal } from '../core/decimal.ts';
import { BallastError } from '../core/errors.ts';
import type { Outcome } from '../core/outcome.ts';
import type {
  Candle,
  CollateralLimits,
  Mark,
  PairRules,
  Position,
  Wallet,
} from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';

/** A read that failed after all its retries. It changes nothing. */
export class VenueReadError extends BallastError {
  /** The venue no longer accepts the key: asking again cannot help. */
  readonly keyRejected: boolean;

  constructor(
    readonly call: string,
    readonly attempts: number,
    message: string,
    options?: { cause?: unknown; keyRejected?: boolean },
  ) {
    super(message, options);
    this.keyRejected = options?.keyRejected ?? false;
  }
}

/** The key was refused at start: too many rights, or a needed one missing. */
export class KeyRefusedError extends BallastError {}

/** What the venue knows about an order of ours. */
export type OrderEvidence =
  | {
      readonly state: 'filled' | 'partly_filled';
      readonly filled: Decimal;
      readonly averagePrice: Decimal;
    }
  | { readonly state: 'open' }
  | { readonly state: 'cancelled'; readonly reason: string }
  /** Not found anywhere the venue offers. Soon after a time-out this proves nothing. */
  | { readonly state: 'not_found' };

/**
 * One exchange account. Reads retry by themselves and throw `VenueReadError`; writes never retry.
 */
export interface Venue {
  readonly name: string;
  /** @throws KeyRefusedError */
  checkKey(): Promise<{ readonly warnings: readonly string[] }>;
  isOperative(): Promise<boolean>;
  pairRules(): Promise<ReadonlyMap<PerpSymbol, PairRules>>;
  positions(): Promise<readonly Position[]>;
  wallet(): Promise<Wallet>;
  marks(symbols: readonly PerpSymbol[]): Promise<readonly Mark[]>;
  collateralLimits(symbol: PerpSymbol): Promise<CollateralLimits>;
  /** Closed daily candles, oldest first. */
  dailyCandles(symbol: PerpSymbol, days: number): Promise<readonly Candle[]>;
  /**
   * `confirmed` means accepted by the venue's reply; the caller re-reads the position for proof.
   */
  setCollateral(intent: DurableIntent<SetCollateral>): Promise<Outcome>;
  /** `confirmed` means the order was accepted, not filled: ask `orderEvidence` for the fill. */
  reducePosition(intent: DurableIntent<ReducePosition>): Promise<Outcome>;
  /**
   * As `reducePosition`, for the second leg of a roll. Refused on our side when it had to wait in
   * line: the price it was decided at is gone by then.
   */
  reopenPosition(intent: DurableIntent<ReopenPosition>): Promise<Outcome>;
  orderEvidence(intent: SentIntent<OrderAction>): Promise<OrderEvidence>;
  /** How many collateral moves the venue's limit admits right now. */
  writesLeft(): number;
  /** Reads in a row that failed since the last success; 0 when healthy. */
  failuresInARow(): number;
  close(): Promise<void>;
}
