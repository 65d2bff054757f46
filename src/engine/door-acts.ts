/** What people may ask of the engine, and how it answers. */
import type { Actor } from '../core/actor.ts';
import type { Decimal } from '../core/decimal.ts';
import type { AdjustmentReport, LiquidationPlanReport, ReductionReport } from '../core/notice.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type {
  BalancerSettings,
  HandNote,
  HandRefusal,
  HandRequest,
} from '../systems/balancer/index.ts';

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
  | 'paused'
  | 'busy'
  | 'no_positions';

export type RunAnswer =
  | {
      readonly kind: 'ran';
      readonly adjustments: readonly AdjustmentReport[];
      readonly dryRun: boolean;
    }
  /** The market moved: the frozen plan no longer fits, here is the new one. */
  | {
      readonly kind: 'changed';
      readonly preview: RebalancePreview;
      readonly differences: readonly MoveDifference[];
    }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

/** What one position was to get, negative for a decrease, and what it would get now. */
export interface MoveDifference {
  /** Null: all moves together, without their signs. */
  readonly symbol: PerpSymbol | null;
  readonly shownUsd: Decimal;
  readonly freshUsd: Decimal;
}

export type PlanAnswer =
  /** This call decided it; an approved plan is now running. */
  | { readonly kind: 'accepted'; readonly plan: LiquidationPlanReport }
  /** Somebody else, or time, decided it before: see `plan.state`, `decidedBy`. */
  | { readonly kind: 'already'; readonly plan: LiquidationPlanReport }
  /** Approved too late for its numbers: a fresh plan is proposed in its place (or none needed). */
  | { readonly kind: 'superseded'; readonly fresh: LiquidationPlanReport | null }
  /** Four-eyes rule: this approval counts, one by somebody else is still needed. */
  | { readonly kind: 'needs_second'; readonly plan: LiquidationPlanReport; readonly first: Actor }
  /** It cannot be checked against the present state; the plan still waits. */
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason }
  | { readonly kind: 'gone' };

/** What a person asks for by hand: see `systems/balancer/by-hand.ts`. */
export type ActRequest = HandRequest;

/** What a preview had to change in the request, or what a person should know before confirming. */
export type ActNote =
  | HandNote
  /** The next scheduled check levels this again. */
  | 'next_check_levels'
  /** The service is paused; the confirmation lets just this through. */
  | 'despite_pause';

/** One position before and after an act. Rates in percent, distances as fractions. */
export interface ActEffect {
  readonly symbol: PerpSymbol;
  readonly rateBeforePct: number;
  readonly rateAfterPct: number;
  readonly distanceBefore: number;
  readonly distanceAfter: number;
}

/** What an act would do, frozen under an id until it runs or expires. */
export interface ActPreview {
  readonly id: string;
  readonly at: number;
  readonly expiresAt: number;
  readonly request: ActRequest;
  readonly dryRun: boolean;
  /** `raises`: asks for more than one confirmation. */
  readonly risk: 'lowers' | 'raises';
  /** Two different people have to confirm. */
  readonly fourEyes: boolean;
  readonly adjustments: readonly AdjustmentReport[];
  readonly reductions: readonly ReductionReport[];
  readonly effects: readonly ActEffect[];
  readonly freeBeforeUsd: Decimal;
  readonly freeAfterUsd: Decimal;
  readonly accountRateBeforePct: number | null;
  readonly accountRateAfterPct: number | null;
  /** Expected cost of the reductions: fee and slippage. */
  readonly costUsd: Decimal;
  readonly notes: readonly ActNote[];
}

/** `fenced`: the outcome of the last write is not known yet. */
export type ActRefusal = HandRefusal | 'fenced';

export type ActAnswer =
  | { readonly kind: 'preview'; readonly preview: ActPreview }
  | { readonly kind: 'refused'; readonly reason: ActRefusal }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

export type ActResult =
  | {
      readonly kind: 'ran';
      readonly preview: ActPreview;
      readonly adjustments: readonly AdjustmentReport[];
      readonly reductions: readonly ReductionReport[];
      readonly dryRun: boolean;
    }
  /** The market moved: the frozen act no longer fits, here is the new one. */
  | { readonly kind: 'changed'; readonly preview: ActPreview }
  | { readonly kind: 'needs_second'; readonly preview: ActPreview; readonly first: Actor }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly reason: ActRefusal }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

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

export interface SettingDifference {
  readonly key: string;
  /** Undefined where a table has no such entry. */
  readonly before: unknown;
  readonly after: unknown;
}

/** A whole set of settings beside the one in force, frozen until it is applied or expires. */
export type SettingsProposal =
  | {
      readonly kind: 'proposal';
      readonly id: string;
      readonly expiresAt: number;
      readonly differences: readonly SettingDifference[];
    }
  | { readonly kind: 'invalid'; readonly key: string; readonly expected: string }
  | { readonly kind: 'unknown_profile' };

export interface ProfileView {
  readonly name: string;
  readonly savedAt: number;
  readonly by: Actor;
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
  /** Several at once, all or none; one undo takes all of them back. */
  | {
      readonly kind: 'changed_many';
      readonly differences: readonly SettingDifference[];
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
  | 'undo_setting'
  | 'run_act'
  | 'cancel_act'
  | 'resume'
  | 'clear_halt'
  | 'apply_settings'
  | 'confirm'
  | 'cancel';

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
