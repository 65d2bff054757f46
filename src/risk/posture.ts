import type { PerpSymbol } from '../core/symbol.ts';

export type TradingMode = 'active' | 'reducing' | 'halted';

/** Everything the gate weighs; a snapshot taken at the moment of review. */
export interface Posture {
  readonly mode: TradingMode;
  readonly dryRun: boolean;
  /** The venue said it is in maintenance: nothing can be placed. */
  readonly maintenance: boolean;
  /** Symbols with a write in flight or of unknown outcome. */
  readonly fenced: ReadonlySet<PerpSymbol>;
  /** Positions may only be reduced with a person's approval. */
  readonly requireApproval: boolean;
}
