/**
 * A stand-in for the engine behind its public door: real tickets and settings, positions and plans
 * as a test sets them, and a record of everything that was asked of it.
 */
import type { Actor } from '../../src/core/actor.ts';
import { Decimal, ZERO } from '../../src/core/decimal.ts';
import type { AdjustmentReport, LiquidationPlanReport, Notice } from '../../src/core/notice.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import type {
  AccountSample,
  ActAnswer,
  ActResult,
  BalancerSettings,
  EngineDoor,
  PauseView,
  PlanAnswer,
  PositionView,
  PreviewAnswer,
  ProfileView,
  RebalancePreview,
  RunAnswer,
  SettingAnswer,
  SettingDifference,
  SettingsProposal,
  StatusView,
} from '../../src/engine/door.ts';
import { SettingsDesk } from '../../src/engine/settings-desk.ts';
import { createTicketDesk } from '../../src/engine/ticket-desk.ts';
import type { Clock, Random } from '../../src/ports/clock.ts';
import type { HistoryRecord } from '../../src/ports/store.ts';
import { TicketTable } from '../../src/risk/index.ts';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { MemoryJournal } from '../support/memory-journal.ts';

export const usd = (text: string | number): Decimal => new Decimal(text);
export const symbolOf = (base: string) => parseSymbol(`t${base}F0:USTF0`);

export function position(base: string, change: Partial<PositionView> = {}): PositionView {
  return {
    symbol: symbolOf(base),
    side: 'long',
    quantity: usd('1.5'),
    entryPrice: usd(100),
    markPrice: usd(99),
    markAgeMs: 400,
    notionalUsd: usd('148.5'),
    collateralUsd: usd(1234),
    targetUsd: usd(1500),
    unrealizedPnlUsd: usd('-1.5'),
    marginRatePct: 8.21,
    maintenanceRatePct: 0.5,
    distance: 0.077,
    liquidationPrice: usd('91.4'),
    weight: 1.2,
    weightSource: 'measured',
    priority: 50,
    fenced: false,
    ...change,
  };
}

export function move(base: string, from: number, to: number, more: Partial<AdjustmentReport> = {}) {
  const rates = { rateBeforePct: 2.1, rateAfterPct: 2.55 };
  return { symbol: symbolOf(base), fromUsd: usd(from), toUsd: usd(to), ...rates, ...more };
}

export class FakeDoor implements EngineDoor {
  readonly acts: string[] = [];
  readonly audits: string[] = [];
  desk: SettingsDesk;
  readonly useFile: (file: BalancerSettings) => void;
  readonly tickets: EngineDoor['tickets'];
  readonly planList: LiquidationPlanReport[] = [];
  positionList: PositionView[] = [];
  dryRun = true;
  pinned = false;
  statusChange: Partial<StatusView> = {};
  preview: PreviewAnswer = { kind: 'unavailable', reason: 'no_snapshot' };
  runAnswer: (id: string) => Promise<RunAnswer> = async () => ({ kind: 'gone' });
  paused: PauseView | null = null;
  /** What a preview of an act answers; a test sets it. */
  actAnswer: EngineDoor['previewAct'] = () => ({ kind: 'unavailable', reason: 'no_snapshot' });
  actResult: (id: string, by: Actor) => Promise<ActResult> = async () => ({ kind: 'gone' });
  whyAnswer: ReturnType<EngineDoor['why']> = { kind: 'unavailable', reason: 'no_snapshot' };
  whatIfAnswer: EngineDoor['whatIf'] = () => ({ kind: 'unavailable', reason: 'no_snapshot' });
  records: HistoryRecord[] = [];
  sampleList: AccountSample[] = [];
  clearAnswer: Awaited<ReturnType<EngineDoor['clearHalt']>> = 'cleared';
  profileList: ProfileView[] = [];
  /** Differences that any proposal finds; null: the document is refused. */
  differences: SettingDifference[] | null = [];
  /** What the engine would tell people; a test joins it to the bot's notifier. */
  tell: (notice: Notice) => void = () => undefined;
  readonly #clock: Clock;
  #previews = 0;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    const journal = new MemoryJournal(clock);
    this.tickets = createTicketDesk({ table: new TicketTable(), journal, clock, random });
    const deskFor = (file: BalancerSettings) =>
      new SettingsDesk({
        ...{ file, overrides: new Map(), journal, clock, random },
        onChange: ({ key, after, by }) => {
          this.acts.push(`set ${key} ${String(after)} by ${by.name}`);
        },
      });
    this.desk = deskFor(balancerSettingsSchema.parse({}));
    this.useFile = (file) => {
      this.desk = deskFor(file);
    };
  }

  status(): StatusView {
    const at = this.#clock.now();
    return {
      at,
      startedAt: at - 3_600_000,
      version: '1.2.3',
      venue: 'bitfinex',
      simulated: false,
      mode: 'active',
      modeReason: null,
      haltNeedsPerson: false,
      paused: this.paused,
      dryRun: this.dryRun,
      positions: this.positionList.length,
      availableUsd: usd('12345.6'),
      collateralUsd: usd(100_000),
      unrealizedPnlUsd: usd(-1234),
      equityUsd: usd('111111.6'),
      notionalUsd: usd(2_345_678),
      accountRatePct: 4.74,
      accountWarning: false,
      feedAgeMs: 300,
      snapshotAgeMs: 12_000,
      feedUp: true,
      streamed: 3,
      lastCycleAt: at - 20_000,
      nextCycleAt: at + 40_000,
      pendingPlans: this.plans().length,
      unknownOutcomes: 0,
      venueFailuresInARow: 0,
      worst: this.positionList[0] ?? null,
      ...this.statusChange,
    };
  }

  positions = () => this.positionList;
  plans = (all = false) => this.planList.filter(({ state }) => all || state === 'pending');
  settings = () => this.desk.view();

  history: EngineDoor['history'] = async (kind, limit) =>
    this.records.filter((record) => record.kind === kind).slice(0, limit);

  historyOf: EngineDoor['historyOf'] = async (kind, day) =>
    this.records.filter(
      ({ at, kind: own }) => own === kind && new Date(at).toISOString().startsWith(day),
    );

  samples: EngineDoor['samples'] = async () => this.sampleList;
  statisticsOf: EngineDoor['statisticsOf'] = async (utcDay) =>
    utcDay === '2026-01-04' ? { ...this.dailyStatistics(), utcDay, adjustments: 7 } : null;

  why: EngineDoor['why'] = () => this.whyAnswer;
  whatIf: EngineDoor['whatIf'] = (shift) => this.whatIfAnswer(shift);

  balance: EngineDoor['balance'] = () => ({
    availableUsd: usd('12345.6'),
    reservedUsd: usd(345),
    reserveUsd: usd(1000),
    collateralUsd: usd(100_000),
    unrealizedPnlUsd: usd(-1234),
    lockedProfitUsd: usd(2500),
    equityUsd: usd('111111.6'),
    notionalUsd: usd(2_345_678),
    leverage: 21.1,
  });

  health: EngineDoor['health'] = () => ({
    at: this.#clock.now(),
    uptimeMs: 3_600_000,
    cycles: 60,
    lastCycleMs: 12,
    framesPerMinute: 1800,
    writesLastMinute: 4,
    writesPerMinuteMax: 90,
    unknownOutcomes: 0,
    venueFailuresInARow: 0,
    feedUp: true,
    feedAgeMs: 300,
    snapshotAgeMs: 12_000,
    streamed: 3,
    positions: this.positionList.length,
  });

  previewAct: EngineDoor['previewAct'] = (request): ActAnswer => this.actAnswer(request);

  async runAct(previewId: string, by: Actor): Promise<ActResult> {
    this.acts.push(`act ${previewId} by ${by.name}`);
    return this.actResult(previewId, by);
  }

  async pause(until: number | null, by: Actor): Promise<void> {
    this.acts.push(`pause by ${by.name}`);
    this.paused = { since: this.#clock.now(), until, by };
  }

  async resume(by: Actor): Promise<'resumed' | 'not_paused' | 'halted'> {
    if (!this.paused) return 'not_paused';
    this.acts.push(`resume by ${by.name}`);
    this.paused = null;
    return 'resumed';
  }

  async clearHalt(by: Actor): ReturnType<EngineDoor['clearHalt']> {
    this.acts.push(`clear halt by ${by.name}`);
    return this.clearAnswer;
  }

  proposeSettings: EngineDoor['proposeSettings'] = () => this.#proposal();
  profiles: EngineDoor['profiles'] = () => this.profileList;

  async saveProfile(name: string, by: Actor): Promise<void> {
    this.acts.push(`save profile ${name} by ${by.name}`);
    this.profileList.push({ name, by, savedAt: this.#clock.now() });
  }

  proposeProfile = (name: string): SettingsProposal =>
    this.profileList.some((profile) => profile.name === name)
      ? this.#proposal()
      : { kind: 'unknown_profile' };

  async applySettings(proposalId: string, by: Actor): Promise<SettingAnswer> {
    this.acts.push(`apply ${proposalId} by ${by.name}`);
    return { kind: 'changed_many', differences: this.differences ?? [], changeId: 'many1' };
  }

  #proposal(): SettingsProposal {
    const { differences } = this;
    if (!differences) {
      return { kind: 'invalid', key: 'thresholds.price_spike_pct', expected: 'a number above 0' };
    }
    this.#previews += 1;
    const id = `proposal${this.#previews}`;
    return { kind: 'proposal', id, expiresAt: this.#clock.now() + 120_000, differences };
  }

  dailyStatistics: EngineDoor['dailyStatistics'] = () => ({
    utcDay: '2026-01-05',
    adjustments: 0,
    emergencies: 0,
    liquidations: 0,
    movedUsd: ZERO,
    closedNotionalUsd: ZERO,
    failedWrites: 0,
    lostPositions: 0,
    lostUsd: ZERO,
    equityUsd: null,
    equityChangeUsd: null,
    worstRatePct: null,
    worstSymbol: null,
  });

  offer(adjustments: readonly AdjustmentReport[]): RebalancePreview {
    this.#previews += 1;
    const at = this.#clock.now();
    const preview: RebalancePreview = {
      id: `preview${this.#previews}`,
      at,
      expiresAt: at + 120_000,
      dryRun: this.dryRun,
      mode: 'equal_distance',
      adjustments,
      skipped: 3,
      freeBeforeUsd: usd(12_345),
      freeAfterUsd: usd(11_000),
    };
    this.preview = { kind: 'preview', preview };
    return preview;
  }

  previewRebalance = () => this.preview;

  async runRebalance(previewId: string, by: Actor): Promise<RunAnswer> {
    this.acts.push(`run ${previewId} by ${by.name}`);
    return this.runAnswer(previewId);
  }

  addPlan(change: Partial<LiquidationPlanReport> = {}): LiquidationPlanReport {
    const createdAt = this.#clock.now();
    const plan: LiquidationPlanReport = {
      planId: `plan${this.planList.length + 1}`,
      state: 'pending',
      createdAt,
      expiresAt: createdAt + 300_000,
      shortfallUsd: usd(1234),
      remainingUsd: ZERO,
      accountRatePct: 1.91,
      reductions: [
        {
          symbol: symbolOf('DOGE'),
          side: 'long',
          quantity: usd(1000),
          positionId: '1',
          positionQuantity: usd(4000),
          notionalUsd: usd(12_345),
          sharePct: 25,
          priority: 10,
          relievesUsd: usd(1300),
        },
      ],
      ...change,
    };
    this.planList.push(plan);
    return plan;
  }

  /** Changes a plan and tells people, as the engine does. */
  changePlan(planId: string, change: Partial<LiquidationPlanReport>): LiquidationPlanReport {
    const index = this.planList.findIndex((plan) => plan.planId === planId);
    const plan = { ...(this.planList[index] as LiquidationPlanReport), ...change };
    this.planList[index] = plan;
    this.tell({ type: 'plan_changed', at: this.#clock.now(), plan });
    return plan;
  }

  decidePlan = async (
    planId: string,
    decision: 'approve' | 'reject',
    by: Actor,
  ): Promise<PlanAnswer> => {
    const known = this.planList.find((plan) => plan.planId === planId);
    if (!known) return { kind: 'gone' };
    if (known.state !== 'pending') return { kind: 'already', plan: known };
    this.acts.push(`${decision} ${planId} by ${by.name}`);
    const state = decision === 'approve' ? 'running' : 'rejected';
    const decided = { state, decidedBy: by, decidedAt: this.#clock.now() } as const;
    return { kind: 'accepted', plan: this.changePlan(planId, decided) };
  };

  async setDryRun(on: boolean, by: Actor): Promise<'changed' | 'pinned'> {
    if (this.pinned && !on) return 'pinned';
    this.acts.push(`dry run ${on ? 'on' : 'off'} by ${by.name}`);
    this.dryRun = on;
    return 'changed';
  }

  changeSetting = (key: string, value: unknown, by: Actor) => this.desk.change(key, value, by);
  undoSetting = (changeId: string, by: Actor) => this.desk.undo(changeId, by);
  previewUndo = (changeId: string) => this.desk.previewUndo(changeId);

  async audit(by: Actor, act: string, detail: string): Promise<void> {
    this.audits.push(`${act} ${detail} by ${by.name}`);
  }
}
