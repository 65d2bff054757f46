/**
 * The routine levelling of collateral: previews for people, runs by schedule or by hand. One run at
 * a time; an emergency makes what is left of a run obsolete.
 */
import type { Trigger } from '../core/action.ts';
import { type Actor, SYSTEM_ACTOR } from '../core/actor.ts';
import type { AdjustmentReport } from '../core/notice.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Notifier } from '../ports/notifier.ts';
import {
  type Adjustment,
  type BalancerSettings,
  decideRebalance,
  type RebalancePlan,
} from '../systems/balancer/index.ts';
import { agreementOf } from './agreement.ts';
import type { PreviewAnswer, RebalancePreview, RunAnswer, UnavailableReason } from './door.ts';
import type { EmergencyGuard } from './emergency-guard.ts';
import type { Fences } from './fences.ts';
import type { Freshness } from './freshness.ts';
import { randomId } from './ids.ts';
import type { Ledger } from './ledger.ts';
import { type Mover, reportOf } from './mover.ts';
import { planningBook } from './planning-book.ts';
import type { PostureKeeper } from './posture-keeper.ts';

export interface RebalancerDeps {
  readonly ledger: Ledger;
  readonly fences: Fences;
  readonly posture: PostureKeeper;
  readonly mover: Mover;
  readonly guard: EmergencyGuard;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly notifier: Notifier;
  readonly freshness: Freshness;
  /** Reads the account again, before a run by hand and after every run. */
  readonly refresh: () => Promise<void>;
  readonly onMoved: (
    trigger: Trigger,
    by: Actor,
    moved: readonly AdjustmentReport[],
  ) => Promise<void>;
}

const PREVIEW_TTL_MS = 2 * 60_000;
const PREVIEWS_MAX = 50;

export class Rebalancer {
  readonly #deps: RebalancerDeps;
  readonly #previews = new Map<string, RebalancePreview>();
  #running = false;

  constructor(deps: RebalancerDeps) {
    this.#deps = deps;
  }

  get running(): boolean {
    return this.#running;
  }

  preview(): PreviewAnswer {
    const reason = this.#unavailable();
    return reason
      ? { kind: 'unavailable', reason }
      : { kind: 'preview', preview: this.#freeze(this.#plan()) };
  }

  /** Runs a frozen preview if the account still asks for about the same. */
  async run(previewId: string, by: Actor, trigger: Trigger): Promise<RunAnswer> {
    const { clock, settings, posture } = this.#deps;
    const preview = this.#previews.get(previewId);
    if (!preview || clock.now() >= preview.expiresAt) return { kind: 'gone' };
    const reason = this.#unavailable();
    if (reason) return { kind: 'unavailable', reason };
    this.#running = true;
    try {
      await this.#deps.refresh();
      const plan = this.#plan();
      const { thresholds } = settings();
      const { moves, differences } = agreementOf(preview.adjustments, plan.adjustments, thresholds);
      if (differences.length > 0) {
        return { kind: 'changed', preview: this.#freeze(plan), differences };
      }
      this.#previews.delete(previewId);
      const adjustments = await this.#carryOut(moves, trigger, by);
      return { kind: 'ran', adjustments, dryRun: posture.isDryRun(settings()) };
    } finally {
      this.#running = false;
    }
  }

  /** The scheduled check; expects a ledger that was refreshed just now. */
  async runScheduled(): Promise<void> {
    if (this.#unavailable() !== null) return;
    const plan = this.#plan();
    if (plan.adjustments.length === 0) return;
    this.#running = true;
    try {
      await this.#carryOut(plan.adjustments, 'scheduled', SYSTEM_ACTOR);
    } finally {
      this.#running = false;
    }
  }

  async #carryOut(
    moves: readonly Adjustment[],
    trigger: Trigger,
    by: Actor,
  ): Promise<readonly AdjustmentReport[]> {
    const { mover, guard, posture, settings, clock, notifier, ledger } = this.#deps;
    const generation = guard.generation;
    const dryRun = posture.isDryRun(settings());
    const adjustments = await mover.move(moves, {
      trigger,
      askLimits: true,
      usesReserve: false,
      consent: null,
      obsolete: () => guard.generation !== generation,
    });
    if (!dryRun) await this.#deps.refresh().catch(() => undefined);
    await this.#deps.onMoved(trigger, by, adjustments);
    if (adjustments.length > 0) {
      const freeUsd = ledger.availableUsd();
      const at = clock.now();
      notifier.notify({ type: 'adjusted', at, trigger, dryRun, by, adjustments, freeUsd });
    }
    return adjustments;
  }

  #plan(): RebalancePlan {
    const { ledger, fences, settings, freshness, clock } = this.#deps;
    const book = planningBook(ledger, fences, clock.monotonicMs(), freshness.ageMaxMs);
    return decideRebalance(book, settings());
  }

  #unavailable(): UnavailableReason | null {
    const { ledger, guard, posture, freshness } = this.#deps;
    if (posture.mode === 'halted') return 'halted';
    if (posture.pause) return 'paused';
    if (ledger.snapshotAt === null) return 'no_snapshot';
    if (ledger.symbols().length === 0) return 'no_positions';
    if (!freshness.accountIsFresh() || ledger.book().legs.length === 0) return 'stale_marks';
    if (ledger.availableUsd() === null) return 'balance_unknown';
    return this.#running || guard.active ? 'busy' : null;
  }

  #freeze(plan: RebalancePlan): RebalancePreview {
    const { clock, random, settings, posture } = this.#deps;
    const at = clock.now();
    const preview: RebalancePreview = {
      id: randomId(random, 8),
      at,
      expiresAt: at + PREVIEW_TTL_MS,
      dryRun: posture.isDryRun(settings()),
      mode: settings().allocation.mode,
      adjustments: plan.adjustments.map(reportOf),
      skipped: plan.skipped,
      freeBeforeUsd: plan.freeBeforeUsd,
      freeAfterUsd: plan.freeAfterUsd,
    };
    this.#previews.set(preview.id, preview);
    for (const oldest of this.#previews.keys()) {
      if (this.#previews.size <= PREVIEWS_MAX) break;
      this.#previews.delete(oldest);
    }
    return preview;
  }
}
