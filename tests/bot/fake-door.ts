/**
 * A stand-in for the engine behind its public door: real tickets and settings, positions and plans
 * as a test sets them, and a record of everything that was asked of it.
 */
import type { Actor } from '../../src/core/actor.ts';
import { Decimal, ZERO } from '../../src/core/decimal.ts';
import type { AdjustmentReport, LiquidationPlanReport, Notice } from '../../src/core/notice.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import type {
  EngineDoor,
  PlanAnswer,
  PositionView,
  PreviewAnswer,
  RebalancePreview,
  RunAnswer,
  StatusView,
} from '../../src/engine/door.ts';
import { SettingsDesk } from '../../src/engine/settings-desk.ts';
import { createTicketDesk } from '../../src/engine/ticket-desk.ts';
import type { Clock, Random } from '../../src/ports/clock.ts';
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
  readonly desk: SettingsDesk;
  readonly tickets: EngineDoor['tickets'];
  readonly planList: LiquidationPlanReport[] = [];
  positionList: PositionView[] = [];
  dryRun = true;
  pinned = false;
  statusChange: Partial<StatusView> = {};
  preview: PreviewAnswer = { kind: 'unavailable', reason: 'no_snapshot' };
  runAnswer: (id: string) => Promise<RunAnswer> = async () => ({ kind: 'gone' });
  /** What the engine would tell people; a test joins it to the bot's notifier. */
  tell: (notice: Notice) => void = () => undefined;
  readonly #clock: Clock;
  #previews = 0;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    const journal = new MemoryJournal(clock);
    this.tickets = createTicketDesk({ state: new Map(), journal, clock, random });
    this.desk = new SettingsDesk({
      file: balancerSettingsSchema.parse({}),
      overrides: new Map(),
      journal,
      clock,
      random,
      onChange: ({ key, after, by }) => {
        this.acts.push(`set ${key} ${String(after)} by ${by.name}`);
      },
    });
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
  history = async () => [];

  dailyStatistics: EngineDoor['dailyStatistics'] = () => ({
    utcDay: '2026-01-05',
    adjustments: 0,
    emergencies: 0,
    liquidations: 0,
    movedUsd: ZERO,
    closedNotionalUsd: ZERO,
    failedWrites: 0,
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

  async audit(by: Actor, act: string, detail: string): Promise<void> {
    this.audits.push(`${act} ${detail} by ${by.name}`);
  }
}
