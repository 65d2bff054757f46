import type { HaltCode } from '../core/halt-code.ts';
import type { PerpSymbol } from '../core/symbol.ts';

export type TradingMode = 'active' | 'reducing' | 'halted';

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
