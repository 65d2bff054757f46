/**
 * Reduces positions by priority when the whole account is short: proposes a plan, waits for consent
 * where it is asked for, re-checks against the present state, and runs one round at a time.
 */
import type { Actor } from '../core/actor.ts';
import { sumOf } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import type { LiquidationPlanReport } from '../core/notice.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Consent } from '../risk/index.ts';
import {
  accountMarginRatePct,
  type BalancerSettings,
  cooldownLeftMs,
} from '../systems/balancer/index.ts';
import type { PlanAnswer, UnavailableReason } from './door.ts';
import type { FourEyes } from './four-eyes.ts';
import type { Freshness } from './freshness.ts';
import { randomId } from './ids.ts';
import type { Ledger } from './ledger.ts';
import { balanceOf, consented, isDone, planReport } from './plan-report.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import { RECORD } from './records.ts';
import type { Reducer } from './reducer.ts';
import { type PlanPurpose, planFor, type WantedPlan, wantedPlan } from './wanted-plan.ts';

export interface LiquidatorDeps {
  readonly ledger: Ledger;
  readonly posture: PostureKeeper;
  readonly reducer: Reducer;
  readonly journal: Journal;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly notifier: Notifier;
  readonly log: Logger;
  readonly freshness: Freshness;
  readonly fourEyes: FourEyes;
  readonly lastRoundAt: number | null;
  /** A round ended: positions and wallet have to be read again. */
  readonly onRound: (plan: LiquidationPlanReport) => Promise<void>;
}

export const PLAN_TTL_MS = 5 * 60_000;
const KEEP_DECIDED_MS = 24 * 3_600_000;
/** A pending plan is replaced when the account has become this much shorter since. */
const GROWTH_BEFORE_NEW_PLAN = 1.5;
const READING_MS = 20_000;
/** A pending plan is withdrawn when the account has not been short for this long. */
const RECOVERED_FOR_MS = 30_000;

export class Liquidator {
  readonly #deps: LiquidatorDeps;
  readonly #plans = new Map<string, LiquidationPlanReport>();
  #lastRoundAt: number | null;
  #quietUntil = Number.NEGATIVE_INFINITY;
  #rehearsedUntil = Number.NEGATIVE_INFINITY;
  #wellSince: number | null = null;
  #round: Promise<void> | null = null;
  #wake = (): void => undefined;
  #isDeciding = false;

  constructor(deps: LiquidatorDeps) {
    this.#deps = deps;
    this.#lastRoundAt = deps.lastRoundAt;
  }

  /** Newest first. */
  plans(): LiquidationPlanReport[] {
    return [...this.#plans.values()].reverse();
  }

  pending(): LiquidationPlanReport | null {
    return this.plans().find((plan) => plan.state === 'pending') ?? null;
  }

  get running(): boolean {
    return this.#round !== null;
  }

  async settled(): Promise<void> {
    await this.#round;
  }

  /** Looks at the account's shortfall and proposes, replaces, withdraws or runs a plan. */
  async evaluate(): Promise<void> {
    const { ledger, clock, settings, freshness } = this.#deps;
    const now = clock.now();
    this.#expire(now);
    if (this.#isDeciding || this.#deps.posture.mode === 'halted') return;
    if (this.#round || ledger.availableUsd() === null || !freshness.everythingIsFresh()) return;
    const fresh = wantedPlan(ledger.book(), settings(), this.#mayOpen());
    const pending = this.pending();
    if (!fresh) {
      this.#withdrawIfRecovered(pending, now);
      return;
    }
    this.#wellSince = null;
    const isRehearsal = this.#deps.posture.isDryRun(settings());
    if (now < this.#quietUntil || (isRehearsal && now < this.#rehearsedUntil)) return;
    // A person may decide during the cool-down already; without one, nothing is proposed in it.
    if (!this.#asksPeople() && this.#coolDownLeftMs(fresh.purpose) > 0) return;
    if (pending && !this.#outgrown(pending, fresh, now)) return;
    if (pending) this.#change(pending.planId, { state: 'superseded' });
    await this.#propose(fresh);
  }

  /** The first decision on disk wins; whoever comes later is told who it was. */
  async decide(planId: string, decision: 'approve' | 'reject', by: Actor): Promise<PlanAnswer> {
    const at = this.#deps.clock.now();
    this.#expire(at);
    const plan = this.#plans.get(planId);
    if (!plan) return { kind: 'gone' };
    if (plan.state !== 'pending') return { kind: 'already', plan };
    if (decision === 'approve') {
      const reason = this.#cannotBeChecked();
      if (reason) return { kind: 'unavailable', reason };
      const notionalUsd = sumOf(plan.reductions.map((cut) => cut.notionalUsd));
      const first = this.#deps.fourEyes.confirm(planId, notionalUsd, by);
      if (first) return { kind: 'needs_second', plan, first };
    }
    // No other plan is proposed until this decision is on disk and has taken effect.
    this.#isDeciding = true;
    try {
      return await this.#carryDecision(plan.planId, decision, by, at);
    } finally {
      this.#isDeciding = false;
    }
  }

  async #carryDecision(
    planId: string,
    decision: 'approve' | 'reject',
    by: Actor,
    at: number,
  ): Promise<PlanAnswer> {
    const { journal, clock } = this.#deps;
    const state = decision === 'approve' ? 'approved' : 'rejected';
    const decided = this.#change(planId, { state, decidedBy: by, decidedAt: at });
    await journal.append({ type: RECORD.planDecided, body: { planId, decision, by } });
    if (decision === 'reject') {
      // Who rejects a plan does not want it back at once.
      this.#quietUntil = clock.now() + PLAN_TTL_MS;
      return { kind: 'accepted', plan: decided };
    }
    // Of the moment of the tap: a pause that came while it was written down is younger.
    const consent = { planId, at };
    const waitMs = this.#coolDownLeftMs(decided.purpose);
    if (waitMs > 0) {
      const waiting = this.#change(planId, { runsAt: clock.now() + waitMs });
      this.#round = this.#afterCoolDown(waiting, consent, waitMs);
      return { kind: 'accepted', plan: waiting };
    }
    const running = this.#start(decided, consent);
    if (running) return { kind: 'accepted', plan: running };
    this.#isDeciding = false;
    await this.evaluate();
    return { kind: 'superseded', fresh: this.pending() };
  }

  /** Consent is given to numbers: without fresh ones there is nothing to check it against. */
  #cannotBeChecked(): UnavailableReason | null {
    const { ledger, freshness, posture } = this.#deps;
    if (posture.mode === 'halted') return 'halted';
    if (ledger.availableUsd() === null) return 'balance_unknown';
    return freshness.everythingIsFresh() ? null : 'stale_marks';
  }

  /** Ends a wait for the cool-down: the service is stopping, the plan is proposed anew later. */
  close(): void {
    this.#wake();
  }

  /** What still makes sense of an approved plan begins; null when nothing of it does. */
  #start(approved: LiquidationPlanReport, consent: Consent): LiquidationPlanReport | null {
    const { ledger, settings } = this.#deps;
    const { planId } = approved;
    const purpose = approved.purpose ?? 'shortfall';
    const fresh = planFor(purpose, ledger.book(), settings(), this.#mayOpen());
    const agreed = consented(approved, fresh);
    if (!fresh || agreed.length === 0) {
      this.#change(planId, { state: 'superseded' });
      return null;
    }
    const running = this.#change(planId, {
      state: 'running',
      reductions: agreed,
      ...balanceOf(fresh.shortfallUsd, agreed),
    });
    this.#run(running, consent);
    return running;
  }

  async #afterCoolDown(
    approved: LiquidationPlanReport,
    consent: Consent,
    waitMs: number,
  ): Promise<void> {
    const isOver = await new Promise<boolean>((resolve) => {
      const cancel = this.#deps.clock.after(waitMs, () => resolve(true));
      this.#wake = () => {
        cancel();
        resolve(false);
      };
    });
    this.#round = null;
    if (isOver) this.#start(approved, consent);
  }

  #coolDownLeftMs(purpose: PlanPurpose = 'shortfall'): number {
    const { settings, clock } = this.#deps;
    const { liquidation, harvest } = settings();
    const isHarvest = purpose === 'harvest';
    const seconds = Math.max(
      liquidation.cooldown_seconds,
      isHarvest ? harvest.cooldown_seconds : 0,
    );
    return cooldownLeftMs(this.#lastRoundAt, seconds, clock.now());
  }

  /** Nothing is opened while anything holds us back, not even by consent. */
  #mayOpen(): boolean {
    const { posture } = this.#deps;
    return posture.mode === 'active' && posture.pause === null;
  }

  /** While paused, or while somebody undoes what we do, only a person's consent counts. */
  #asksPeople(): boolean {
    const { settings, posture } = this.#deps;
    const { requireApproval, pausedSince } = posture.posture(settings());
    return requireApproval || pausedSince !== null;
  }

  async #propose(fresh: WantedPlan): Promise<void> {
    const { posture, settings, journal, notifier, clock } = this.#deps;
    const plan = this.#reportOf(fresh);
    const dryRun = posture.isDryRun(settings());
    if (dryRun) {
      // Shown as what would have happened, once in a while: nothing changes by it.
      this.#rehearsedUntil = clock.now() + PLAN_TTL_MS;
      const rehearsed = { ...plan, state: 'rehearsed' as const };
      this.#keep(rehearsed);
      notifier.notify({ type: 'plan_proposed', at: clock.now(), plan: rehearsed });
      return;
    }
    this.#keep(plan);
    await journal.append({ type: RECORD.planProposed, body: plan });
    if (this.#asksPeople()) {
      notifier.notify({ type: 'plan_proposed', at: clock.now(), plan });
      return;
    }
    const running = { ...plan, state: 'running' as const };
    this.#keep(running);
    notifier.notify({ type: 'plan_proposed', at: clock.now(), plan: running });
    this.#run(running, null);
  }

  #run(plan: LiquidationPlanReport, consent: Consent | null): void {
    const { log } = this.#deps;
    this.#round = this.#runRound(plan, consent)
      .catch((error) => {
        log.error({ planId: plan.planId, reason: messageOf(error) }, 'round of reductions failed');
      })
      .finally(() => {
        this.#round = null;
      });
  }

  async #runRound(plan: LiquidationPlanReport, consent: Consent | null): Promise<void> {
    const { journal, reducer, clock, onRound } = this.#deps;
    await journal.append({ type: RECORD.roundStarted, body: { planId: plan.planId } });
    this.#lastRoundAt = clock.now();
    const reductions = await reducer.reduceAll(
      plan.reductions,
      consent,
      consent ? 'manual' : 'emergency',
    );
    await journal.append({ type: RECORD.roundEnded, body: { planId: plan.planId } });
    this.#lastRoundAt = clock.now();
    const relief = balanceOf(plan.shortfallUsd, reductions.filter(isDone));
    const done = this.#change(plan.planId, {
      state: 'done',
      reductions,
      remainingUsd: relief.remainingUsd,
    });
    await onRound(done);
  }

  /** A market that hovers around the line must not make a plan blink. */
  #withdrawIfRecovered(pending: LiquidationPlanReport | null, now: number): void {
    this.#wellSince ??= now;
    if (!pending || now - this.#wellSince < RECOVERED_FOR_MS) return;
    this.#change(pending.planId, { state: 'superseded' });
  }

  /** People get time to read a plan before a larger one takes its place. */
  #outgrown(pending: LiquidationPlanReport, fresh: WantedPlan, now: number): boolean {
    if (fresh.purpose !== (pending.purpose ?? 'shortfall')) return fresh.purpose === 'shortfall';
    if (now - pending.createdAt < READING_MS) return false;
    return fresh.shortfallUsd.gt(pending.shortfallUsd.times(GROWTH_BEFORE_NEW_PLAN));
  }

  #expire(now: number): void {
    for (const plan of this.#plans.values()) {
      if (plan.state === 'pending' && now >= plan.expiresAt) {
        this.#change(plan.planId, { state: 'expired' });
      } else if (plan.createdAt + KEEP_DECIDED_MS < now) {
        this.#plans.delete(plan.planId);
      }
    }
  }

  #reportOf(fresh: WantedPlan): LiquidationPlanReport {
    const { ledger, clock, random } = this.#deps;
    const createdAt = clock.now();
    return planReport(fresh, {
      planId: randomId(random, 8),
      createdAt,
      expiresAt: createdAt + PLAN_TTL_MS,
      accountRatePct: accountMarginRatePct(ledger.totals, ledger.book().availableUsd) ?? 0,
    });
  }

  #keep(plan: LiquidationPlanReport): void {
    this.#plans.set(plan.planId, plan);
  }

  #change(planId: string, change: Partial<LiquidationPlanReport>): LiquidationPlanReport {
    const { notifier, clock } = this.#deps;
    const plan = { ...(this.#plans.get(planId) as LiquidationPlanReport), ...change };
    this.#keep(plan);
    notifier.notify({ type: 'plan_changed', at: clock.now(), plan });
    return plan;
  }
}
