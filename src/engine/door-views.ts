/** What the engine shows: snapshots from its own memory, without asking the exchange. */
import type { Actor } from '../core/actor.ts';
import type { Decimal } from '../core/decimal.ts';
import type { AdjustmentReport } from '../core/notice.ts';
import type { Side } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { Explanation, PriceShift, WhatIfPosition } from '../systems/balancer/index.ts';
import type { UnavailableReason } from './door-acts.ts';

export type { PriceShift, WhatIfPosition };

export type Mode = 'active' | 'reducing' | 'halted';

export interface StatusView {
  readonly at: number;
  readonly startedAt: number;
  readonly version: string;
  readonly venue: string;
  /** Where prices and orders are not real. */
  readonly simulated: boolean;
  readonly mode: Mode;
  /** Why the mode is not active, in English; null when active. */
  readonly modeReason: string | null;
  /** Only a person can end this halt. */
  readonly haltNeedsPerson: boolean;
  /** All writes refused by a person; null when not paused. */
  readonly paused: PauseView | null;
  readonly dryRun: boolean;
  readonly positions: number;
  readonly availableUsd: Decimal | null;
  readonly collateralUsd: Decimal;
  readonly unrealizedPnlUsd: Decimal;
  readonly equityUsd: Decimal | null;
  readonly notionalUsd: Decimal;
  /** (available + Σ equity) / Σ notional × 100; null while unknown or without positions. */
  readonly accountRatePct: number | null;
  readonly accountWarning: boolean;
  /** Age of the newest mark and of the last account snapshot, null before the first. */
  readonly feedAgeMs: number | null;
  readonly snapshotAgeMs: number | null;
  readonly feedUp: boolean;
  readonly streamed: number;
  readonly lastCycleAt: number | null;
  readonly nextCycleAt: number | null;
  readonly pendingPlans: number;
  readonly unknownOutcomes: number;
  readonly venueFailuresInARow: number;
  readonly worst: PositionView | null;
}

export interface PauseView {
  readonly since: number;
  /** Null: until somebody resumes. */
  readonly until: number | null;
  readonly by: Actor;
}

export type WeightSource = 'configured' | 'measured' | 'stale' | 'default';

export interface PositionView {
  readonly symbol: PerpSymbol;
  readonly side: Side;
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly markPrice: Decimal | null;
  readonly markAgeMs: number | null;
  readonly notionalUsd: Decimal;
  readonly collateralUsd: Decimal;
  /** Where the allocator wants the collateral to be; null while it cannot tell. */
  readonly targetUsd: Decimal | null;
  readonly unrealizedPnlUsd: Decimal;
  readonly marginRatePct: number;
  readonly maintenanceRatePct: number;
  /** |mark − liquidation| / mark as a fraction, 0 when reached. */
  readonly distance: number;
  readonly liquidationPrice: Decimal | null;
  readonly weight: number;
  readonly weightSource: WeightSource;
  readonly priority: number;
  /** Outcome of the last write unknown: nothing else acts on this position. */
  readonly fenced: boolean;
}

/** Where the account's money is. Null while the free balance is unknown. */
export interface BalanceView {
  /** Free in the derivatives wallet, less what writes in flight will take. */
  readonly availableUsd: Decimal | null;
  readonly reservedUsd: Decimal;
  /** What the settings keep out of the pool. */
  readonly reserveUsd: Decimal;
  readonly collateralUsd: Decimal;
  readonly unrealizedPnlUsd: Decimal;
  /** Profit of winning positions: equity, but on isolated margin no other position can use it. */
  readonly lockedProfitUsd: Decimal;
  readonly equityUsd: Decimal | null;
  readonly notionalUsd: Decimal;
  /** Notional per equity; null while unknown. */
  readonly leverage: number | null;
}

export type WhyAnswer =
  | { readonly kind: 'why'; readonly explanation: Explanation }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason | 'unknown_symbol' };

/** What the same deciders would do at shifted prices. Nothing is done, nothing is kept. */
export interface WhatIfView {
  readonly shift: PriceShift;
  readonly accountRateBeforePct: number | null;
  readonly accountRateAfterPct: number | null;
  /** Worst after the shift first. */
  readonly positions: readonly WhatIfPosition[];
  readonly moves: readonly AdjustmentReport[];
  readonly reductions: readonly WhatIfReduction[];
  readonly shortfallUsd: Decimal;
  /** What is still short after the reductions. */
  readonly remainingUsd: Decimal;
}

export interface WhatIfReduction {
  readonly symbol: PerpSymbol;
  readonly sharePct: number;
  readonly notionalUsd: Decimal;
  readonly relievesUsd: Decimal;
}

export type WhatIfAnswer =
  | { readonly kind: 'what_if'; readonly view: WhatIfView }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason | 'unknown_symbol' };

/** How the engine itself is doing. */
export interface HealthView {
  readonly at: number;
  readonly uptimeMs: number;
  readonly cycles: number;
  readonly lastCycleMs: number | null;
  readonly framesPerMinute: number;
  readonly writesLastMinute: number;
  readonly writesPerMinuteMax: number;
  readonly unknownOutcomes: number;
  readonly venueFailuresInARow: number;
  readonly feedUp: boolean;
  readonly feedAgeMs: number | null;
  readonly snapshotAgeMs: number | null;
  readonly streamed: number;
  readonly positions: number;
}

/** One account snapshot as charts want it; numbers are for drawing only. */
export interface AccountSample {
  readonly at: number;
  readonly equityUsd: number | null;
  readonly availableUsd: number | null;
  readonly accountRatePct: number | null;
  readonly positions: readonly PositionSample[];
}

export interface PositionSample {
  readonly symbol: PerpSymbol;
  readonly collateralUsd: number;
  readonly ratePct: number | null;
  readonly markPrice: number | null;
  readonly liquidationPrice: number | null;
  readonly entryPrice: number;
}
