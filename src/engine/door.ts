/**
 * The engine's public door: all that the bot may know and ask. Views are plain snapshots; asking
 * never waits for the exchange unless the result says so, and acting always names the actor.
 */
import type { Trigger } from '../core/action.ts';
import type { Actor } from '../core/actor.ts';
import type { Decimal } from '../core/decimal.ts';
import type { AdjustmentReport, DailyStatistics, LiquidationPlanReport } from '../core/notice.ts';
import type { Side } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { HistoryKind, HistoryRecord } from '../ports/store.ts';
import type { BalancerSettings } from '../systems/balancer/settings.ts';

export type { BalancerSettings };

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

/** What `/rebalance` would do, frozen under an id until it runs or expires. */
export interface RebalancePreview {
  readonly id: string;
  readonly at: number;
  readonly expiresAt: number;
  readonly dryRun: boolean;
  readonly mode: BalancerSettings['allocation']['mode'];
  readonly adjustments: readonly AdjustmentReport[];
  /** Positions left alone because the move is below a threshold. */
  readonly skipped: number;
  readonly freeBeforeUsd: Decimal;
  readonly freeAfterUsd: Decimal;
}

export type PreviewAnswer =
  | { readonly kind: 'preview'; readonly preview: RebalancePreview }
  /** Nothing to plan from, or no decision allowed now; `reason` is a key of the catalogue. */
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

export type UnavailableReason =
  | 'no_snapshot'
  | 'stale_marks'
  | 'balance_unknown'
  | 'halted'
  | 'busy'
  | 'no_positions';

export type RunAnswer =
  | {
      readonly kind: 'ran';
      readonly adjustments: readonly AdjustmentReport[];
      readonly dryRun: boolean;
    }
  /** The market moved: the frozen plan no longer fits, here is the new one. */
  | { readonly kind: 'changed'; readonly preview: RebalancePreview }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

export type PlanAnswer =
  /** This call decided it; an approved plan is now running. */
  | { readonly kind: 'accepted'; readonly plan: LiquidationPlanReport }
  /** Somebody else, or time, decided it before: see `plan.state`, `decidedBy`. */
  | { readonly kind: 'already'; readonly plan: LiquidationPlanReport }
  /** Approved too late for its numbers: a fresh plan is proposed in its place (or none needed). */
  | { readonly kind: 'superseded'; readonly fresh: LiquidationPlanReport | null }
  | { readonly kind: 'gone' };

export interface SettingOverride {
  readonly key: string;
  readonly fileValue: unknown;
  readonly value: unknown;
  readonly by: Actor;
  readonly at: number;
}

export interface SettingsView {
  readonly effective: BalancerSettings;
  readonly overrides: readonly SettingOverride[];
}

export type SettingAnswer =
  | {
      readonly kind: 'changed';
      readonly key: string;
      readonly before: unknown;
      readonly after: unknown;
      /** Hand this to `undoSetting` to put the earlier value back. */
      readonly changeId: string;
    }
  /** `expected` says what the schema wants, in English, without the value. */
  | { readonly kind: 'invalid'; readonly key: string; readonly expected: string }
  | { readonly kind: 'gone' };

/** What a button on a message may do. The nonce is all that travels in the button. */
export type TicketAction =
  | 'run_rebalance'
  | 'cancel_rebalance'
  | 'approve_plan'
  | 'reject_plan'
  | 'dry_run_off'
  | 'undo_setting';

export interface TicketRequest {
  readonly action: TicketAction;
  /** What it is about: a preview id, a plan id, a change id. */
  readonly subject: string;
  readonly userId: number;
  readonly chatId: number;
  readonly ttlMs: number;
}

export interface TicketPresented {
  readonly userId: number;
  readonly chatId: number;
  readonly messageId: number;
}

export type TicketVerdict =
  | { readonly kind: 'valid'; readonly action: TicketAction; readonly subject: string }
  | { readonly kind: 'used'; readonly by: number; readonly at: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unknown' };

/** Single-use permissions behind buttons; journalled, so that a restart forgets none. */
export interface TicketDesk {
  /** Resolves to a nonce of 10 base62 characters once it is on disk. */
  issue(request: TicketRequest): Promise<string>;
  /** Ties nonces to the message that carries their buttons, once its id is known. */
  bind(nonces: readonly string[], messageId: number): Promise<void>;
  /** The first valid presentation wins; buttons of one message are spent together. */
  redeem(nonce: string, presented: TicketPresented): Promise<TicketVerdict>;
}

export interface EngineDoor {
  readonly tickets: TicketDesk;
  status(): StatusView;
  /** Worst first: smallest weighted distance to liquidation. */
  positions(): readonly PositionView[];
  /** Pending plans, newest first; `all` adds the decided ones of the last 24 h. */
  plans(all?: boolean): readonly LiquidationPlanReport[];
  settings(): SettingsView;
  dailyStatistics(): DailyStatistics;
  history(kind: HistoryKind, limit: number): Promise<readonly HistoryRecord[]>;

  previewRebalance(): PreviewAnswer;
  /** Resolves when every move ended; takes as long as the exchange does. */
  runRebalance(previewId: string, by: Actor, trigger?: Trigger): Promise<RunAnswer>;
  /** Resolves once the decision is on disk; the reductions report through notices. */
  decidePlan(planId: string, decision: 'approve' | 'reject', by: Actor): Promise<PlanAnswer>;
  /** `pinned`: started with `--dry-run`, which nothing in this run can switch off. */
  setDryRun(on: boolean, by: Actor): Promise<'changed' | 'pinned'>;
  /** `key` is a path such as `thresholds.emergency_margin_rate` or `risk_weights.tBTCF0:USTF0`;
   *  `value` undefined removes a table entry or an override. */
  changeSetting(key: string, value: unknown, by: Actor): Promise<SettingAnswer>;
  undoSetting(changeId: string, by: Actor): Promise<SettingAnswer>;
  /** Writes one audit record: who did what in chat. */
  audit(by: Actor, act: string, detail: string): Promise<void>;
}
