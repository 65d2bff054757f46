import type { PerpSymbol } from '../core/symbol.ts';

export type TradingMode = 'active' | 'reducing' | 'halted';

/** Why nothing may act, or nothing may raise risk; help and messages derive from these codes. */
export type HaltCode =
  /** The free balance has been unknown for too long: no sum can be trusted. */
  | 'equity_unknown'
  /** Live prices are gone and the exchange does not answer either. */
  | 'blind'
  /** Our clock and the exchange's are too far apart for times to mean anything. */
  | 'clock_skew'
  /** The exchange no longer accepts the key. */
  | 'key_rejected'
  /** Somebody else keeps undoing what we do. */
  | 'contested'
  /** The data folder has less room than is kept free. */
  | 'disk_full'
  /** The disk has not answered a write for seconds. */
  | 'disk_stuck';

/** What a halt does, and whether it ends by itself once its cause is gone. */
export const HALTS: Readonly<Record<HaltCode, { mode: TradingMode; needsPerson: boolean }>> = {
  equity_unknown: { mode: 'halted', needsPerson: false },
  blind: { mode: 'halted', needsPerson: false },
  clock_skew: { mode: 'halted', needsPerson: false },
  key_rejected: { mode: 'halted', needsPerson: true },
  contested: { mode: 'reducing', needsPerson: true },
  disk_full: { mode: 'halted', needsPerson: false },
  disk_stuck: { mode: 'halted', needsPerson: false },
};

/** Everything the gate weighs; a snapshot taken at the moment of review. */
export interface Posture {
  readonly mode: TradingMode;
  readonly dryRun: boolean;
  /** Since when a person has paused all writes, ms; null when nobody has. */
  readonly pausedSince: number | null;
  /** The venue said it is in maintenance: nothing can be placed. */
  readonly maintenance: boolean;
  /** Symbols with a write in flight or of unknown outcome. */
  readonly fenced: ReadonlySet<PerpSymbol>;
  /** Positions may only be reduced with a person's approval. */
  readonly requireApproval: boolean;
}
