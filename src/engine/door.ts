/**
 * The engine's public door: all that the bot may know and ask. Views are plain snapshots; asking
 * never waits for the exchange unless the result says so, and acting always names the actor.
 */
import type { Trigger } from '../core/action.ts';
import type { Actor } from '../core/actor.ts';
import type { DailyStatistics, LiquidationPlanReport } from '../core/notice.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { HistoryKind, HistoryRecord } from '../ports/store.ts';
import type {
  ActAnswer,
  ActRequest,
  ActResult,
  PlanAnswer,
  PreviewAnswer,
  ProfileView,
  RunAnswer,
  SettingAnswer,
  SettingDifference,
  SettingsProposal,
  SettingsView,
  TicketDesk,
} from './door-acts.ts';
import type {
  AccountSample,
  BalanceView,
  HealthView,
  PositionView,
  PriceShift,
  StatusView,
  WhatIfAnswer,
  WhyAnswer,
} from './door-views.ts';

export type { Explanation } from '../systems/balancer/index.ts';
export type { BalancerSettings } from '../systems/balancer/settings.ts';
export type * from './door-acts.ts';
export type * from './door-views.ts';

export interface EngineDoor {
  readonly tickets: TicketDesk;
  status(): StatusView;
  /** Worst first: smallest distance to liquidation. */
  positions(): readonly PositionView[];
  /** Pending plans, newest first; `all` adds the decided ones of the last 24 h. */
  plans(all?: boolean): readonly LiquidationPlanReport[];
  settings(): SettingsView;
  balance(): BalanceView;
  why(symbol: PerpSymbol): WhyAnswer;
  /** @throws RangeError for a shift of −100 % or below, or above +1,000 % */
  whatIf(shift: PriceShift): WhatIfAnswer;
  health(): HealthView;
  dailyStatistics(): DailyStatistics;
  /** Statistics of a past UTC day such as `2026-11-21`; null when there are none. */
  statisticsOf(utcDay: string): Promise<DailyStatistics | null>;
  history(kind: HistoryKind, limit: number): Promise<readonly HistoryRecord[]>;
  historyOf(kind: HistoryKind, utcDay: string): Promise<readonly HistoryRecord[]>;
  /** Account snapshots between two times, thinned to at most `max`, oldest first. */
  samples(fromMs: number, toMs: number, max: number): Promise<readonly AccountSample[]>;

  previewRebalance(): PreviewAnswer;
  /** Resolves when every move ended; takes as long as the exchange does. */
  runRebalance(previewId: string, by: Actor, trigger?: Trigger): Promise<RunAnswer>;
  previewAct(request: ActRequest): ActAnswer;
  /** Resolves when every write ended; takes as long as the exchange does. */
  runAct(previewId: string, by: Actor): Promise<ActResult>;
  /**
   * Refuses every write from this very call on; the record of it follows. `untilMs` null: until
   * somebody resumes.
   */
  pause(untilMs: number | null, by: Actor): Promise<void>;
  /** `halted`: a halt is not a pause, `clearHalt` ends it. */
  resume(by: Actor): Promise<'resumed' | 'not_paused' | 'halted'>;
  /** Ends a halt that waits for a person. `holds`: its cause is still there. */
  clearHalt(by: Actor): Promise<'cleared' | 'not_halted' | 'holds'>;
  /** Resolves once the decision is on disk; the reductions report through notices. */
  decidePlan(planId: string, decision: 'approve' | 'reject', by: Actor): Promise<PlanAnswer>;
  /** `pinned`: started with `--dry-run`, which nothing in this run can switch off. */
  setDryRun(on: boolean, by: Actor): Promise<'changed' | 'pinned'>;
  /** `key` is a path such as `thresholds.emergency_margin_rate` or `risk_weights.tBTCF0:USTF0`;
   *  `value` undefined removes a table entry or an override. */
  changeSetting(key: string, value: unknown, by: Actor): Promise<SettingAnswer>;
  /** `settings` is a whole document as a person gave it; a missing section keeps its values. */
  proposeSettings(settings: unknown): SettingsProposal;
  applySettings(proposalId: string, by: Actor): Promise<SettingAnswer>;
  profiles(): readonly ProfileView[];
  /** Keeps the settings in force under a name; an earlier profile of that name is replaced. */
  saveProfile(name: string, by: Actor): Promise<void>;
  proposeProfile(name: string): SettingsProposal;
  undoSetting(changeId: string, by: Actor): Promise<SettingAnswer>;
  /** What `undoSetting` would change now; nothing when it is gone. */
  previewUndo(changeId: string): readonly SettingDifference[];
  /** Writes one audit record: who did what in chat. */
  audit(by: Actor, act: string, detail: string): Promise<void>;
}
