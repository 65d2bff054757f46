import type { Trigger } from './action.ts';
import type { Actor } from './actor.ts';
import type { Decimal } from './decimal.ts';
import type { Outcome } from './outcome.ts';
import type { Side } from './position.ts';
import type { PerpSymbol } from './symbol.ts';

/** One collateral move, as planned or as it ended. Rates in percent, distances as fractions. */
export interface AdjustmentReport {
  readonly symbol: PerpSymbol;
  readonly fromUsd: Decimal;
  readonly toUsd: Decimal;
  readonly rateBeforePct: number;
  readonly rateAfterPct: number;
  /** Absent in a plan; `rehearsed` in dry run: nothing was sent. */
  readonly outcome?: Outcome | { readonly kind: 'rehearsed' };
}

/**
 * The second half of a roll. Without a confirmed outcome and all of the quantity opened again, what
 * is missing was a reduction.
 */
export interface RollReport {
  readonly rollId: string;
  /** Fee and slippage of both orders, as planned. */
  readonly costUsd: Decimal;
  /** Initial margin of what is opened again, as planned. */
  readonly marginUsd: Decimal;
  /** Absent in a plan, and where nothing was closed that could be opened again. */
  readonly outcome?: Outcome | { readonly kind: 'rehearsed' };
  readonly reopenedQuantity?: Decimal;
  readonly averagePrice?: Decimal;
}

/** One planned reduction of a liquidation plan. */
export interface ReductionReport {
  readonly symbol: PerpSymbol;
  /** The position this was planned for; another one in the same symbol is not touched. */
  readonly positionId: string;
  readonly side: Side;
  readonly quantity: Decimal;
  readonly positionQuantity: Decimal;
  readonly notionalUsd: Decimal;
  readonly sharePct: number;
  readonly priority: number;
  /** By how much this reduction lowers the account's shortfall, after fee and slippage. */
  readonly relievesUsd: Decimal;
  readonly outcome?: Outcome | { readonly kind: 'rehearsed' };
  readonly filledQuantity?: Decimal;
  readonly averagePrice?: Decimal;
  /** Present when what is closed is to be opened again at once. */
  readonly roll?: RollReport;
}

export type PlanState =
  | 'pending'
  | 'approved'
  | 'rejected'
  | 'expired'
  | 'superseded'
  | 'running'
  | 'done'
  | 'rehearsed';

/** A liquidation plan as people see it. */
export interface LiquidationPlanReport {
  readonly planId: string;
  readonly state: PlanState;
  /** Present when nothing is short: profit of winners is to be set free. */
  readonly purpose?: 'harvest';
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly shortfallUsd: Decimal;
  readonly remainingUsd: Decimal;
  readonly accountRatePct: number;
  readonly reductions: readonly ReductionReport[];
  /** Who approved or rejected it, when somebody did. */
  readonly decidedBy?: Actor;
  readonly decidedAt?: number;
  /** When an approved plan begins that has to wait for the cool-down. */
  readonly runsAt?: number;
}

export interface DailyStatistics {
  readonly utcDay: string;
  readonly adjustments: number;
  readonly emergencies: number;
  readonly liquidations: number;
  readonly movedUsd: Decimal;
  readonly closedNotionalUsd: Decimal;
  readonly failedWrites: number;
  /** Positions that the venue closed by force, and the collateral that was in them. */
  readonly lostPositions: number;
  readonly lostUsd: Decimal;
  readonly equityUsd: Decimal | null;
  readonly equityChangeUsd: Decimal | null;
  readonly worstRatePct: number | null;
  readonly worstSymbol: PerpSymbol | null;
}

/** Everything the engine tells people. The bot turns each into words in the reader's language. */
export type Notice =
  | {
      readonly type: 'started';
      readonly at: number;
      readonly dryRun: boolean;
      readonly positions: number;
      readonly warnings: readonly string[];
    }
  | {
      readonly type: 'stopped';
      readonly at: number;
      readonly reason: string;
      readonly inFlight: number;
    }
  | {
      readonly type: 'adjusted';
      readonly at: number;
      readonly trigger: Trigger;
      readonly dryRun: boolean;
      readonly by: Actor;
      readonly adjustments: readonly AdjustmentReport[];
      readonly freeUsd: Decimal | null;
    }
  | {
      readonly type: 'emergency';
      readonly at: number;
      readonly dryRun: boolean;
      readonly symbol: PerpSymbol;
      readonly ratePct: number;
      readonly distance: number;
      readonly adjustments: readonly AdjustmentReport[];
      /** What could not be covered from free balance and donors. */
      readonly missingUsd: Decimal;
    }
  | { readonly type: 'plan_proposed'; readonly at: number; readonly plan: LiquidationPlanReport }
  /** The plan was approved, rejected, expired, superseded or has finished: edit its message. */
  | { readonly type: 'plan_changed'; readonly at: number; readonly plan: LiquidationPlanReport }
  /** Positions were reduced by hand. */
  | {
      readonly type: 'reduced';
      readonly at: number;
      readonly plan: LiquidationPlanReport;
      readonly by: Actor;
    }
  | {
      readonly type: 'account_warning';
      readonly at: number;
      readonly active: boolean;
      readonly ratePct: number;
      readonly limitPct: number;
    }
  | {
      readonly type: 'venue_trouble';
      readonly at: number;
      readonly active: boolean;
      readonly call: string;
      readonly attempts: number;
      readonly reason: string;
    }
  | {
      readonly type: 'outcome_unknown';
      readonly at: number;
      readonly symbol: PerpSymbol;
      readonly resolved: boolean;
      readonly detail: string;
    }
  /** The service ended between the two orders of a roll; nothing is opened again by itself. */
  | { readonly type: 'roll_interrupted'; readonly at: number; readonly symbol: PerpSymbol }
  /** The venue closed a position by force; judged by where its last mark stood. */
  | {
      readonly type: 'liquidated';
      readonly at: number;
      readonly symbol: PerpSymbol;
      readonly side: Side;
      readonly quantity: Decimal;
      readonly markPrice: Decimal;
      /** What was in the position and is lost, wholly or for the most part. */
      readonly collateralUsd: Decimal;
    }
  /** Positions changed at the venue without us: opened, closed, resized, re-margined. */
  | {
      readonly type: 'drift';
      readonly at: number;
      readonly symbol: PerpSymbol;
      readonly change: 'opened' | 'closed' | 'resized' | 'recollateralised';
    }
  | {
      readonly type: 'stale';
      readonly at: number;
      readonly active: boolean;
      readonly what: string;
      readonly ageMs: number;
    }
  | {
      readonly type: 'weights_unknown';
      readonly at: number;
      readonly symbols: readonly PerpSymbol[];
    }
  /** Saved changes of settings no longer fit and are gone; dry run is on because of it. */
  | {
      readonly type: 'setting_dropped';
      readonly at: number;
      readonly settings: readonly { readonly key: string; readonly value: string }[];
    }
  | {
      readonly type: 'settings_changed';
      readonly at: number;
      readonly key: string;
      readonly from: string;
      readonly to: string;
      readonly by: Actor;
    }
  | {
      readonly type: 'paused';
      readonly at: number;
      readonly active: boolean;
      /** Null: until somebody resumes. */
      readonly until: number | null;
      readonly by: Actor;
    }
  /** `reason` is a code: see `core/halt-code.ts`. */
  | {
      readonly type: 'halted';
      readonly at: number;
      readonly active: boolean;
      readonly reason: string;
    }
  | { readonly type: 'daily'; readonly at: number; readonly statistics: DailyStatistics };
