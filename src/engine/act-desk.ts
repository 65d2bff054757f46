/**
 * What people do by hand: shown first, frozen, then run once if the account still looks about the
 * same. The numbers come from `systems/balancer/by-hand.ts`, the permission from the gate.
 */
import type { Actor } from '../core/actor.ts';
import { type Decimal, sumOf } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import type { AdjustmentReport, LiquidationPlanReport, ReductionReport } from '../core/notice.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Consent } from '../risk/index.ts';
import {
  type BalancerSettings,
  type Book,
  type HandPlan,
  planByHand,
} from '../systems/balancer/index.ts';
import { actFits, effectsOf } from './act-view.ts';
import type { ActAnswer, ActNote, ActPreview, ActRequest, ActResult } from './door.ts';
import type { Fences } from './fences.ts';
import type { FourEyes } from './four-eyes.ts';
import type { Freshness } from './freshness.ts';
import { randomId } from './ids.ts';
import type { Ledger } from './ledger.ts';
import { type Mover, reportOf } from './mover.ts';
import { planningBook } from './planning-book.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import { RECORD } from './records.ts';
import type { Reducer } from './reducer.ts';

export interface ActDeskDeps {
  readonly ledger: Ledger;
  readonly fences: Fences;
  readonly posture: PostureKeeper;
  readonly freshness: Freshness;
  readonly fourEyes: FourEyes;
  readonly mover: Mover;
  readonly reducer: Reducer;
  readonly journal: Journal;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly notifier: Notifier;
  readonly log: Logger;
  readonly refresh: () => Promise<void>;
  readonly onMoved: (by: Actor, moved: readonly AdjustmentReport[]) => Promise<void>;
  readonly onReduced: (plan: LiquidationPlanReport) => Promise<void>;
}

const PREVIEW_TTL_MS = 2 * 60_000;
const PREVIEWS_MAX = 100;

type Planned =
  | { readonly kind: 'plan'; readonly plan: HandPlan; readonly book: Book }
  | Exclude<ActAnswer, { kind: 'preview' }>;

export class ActDesk {
  readonly #deps: ActDeskDeps;
  readonly #previews = new Map<string, ActPreview>();
  readonly #running = new Set<Promise<unknown>>();

  constructor(deps: ActDeskDeps) {
    this.#deps = deps;
  }

  preview(request: ActRequest): ActAnswer {
    const planned = this.#plan(request);
    if (planned.kind !== 'plan') return planned;
    return { kind: 'preview', preview: this.#freeze(request, planned.plan, planned.book) };
  }

  /** Runs a frozen act once. A second person's confirmation may be asked for. */
  async run(previewId: string, by: Actor): Promise<ActResult> {
    const { clock, fourEyes, log } = this.#deps;
    const preview = this.#previews.get(previewId);
    const askedAt = clock.now();
    if (!preview || askedAt >= preview.expiresAt) return { kind: 'gone' };
    const first = fourEyes.confirm(previewId, notionalOf(preview), by);
    if (first) return { kind: 'needs_second', preview, first };
    // Taken before the first wait: a second tap of the same moment finds nothing.
    this.#previews.delete(previewId);
    await this.#deps.refresh().catch((error: unknown) => {
      log.warn({ reason: messageOf(error) }, 'account not read before an act by hand');
    });
    const planned = this.#plan(preview.request);
    if (planned.kind !== 'plan') return planned;
    const { plan, book } = planned;
    if (!actFits(preview, plan)) {
      return { kind: 'changed', preview: this.#freeze(preview.request, plan, book) };
    }
    // Of the moment of the tap: a pause that came while the account was read is younger.
    const done = this.#carryOut(preview, plan, by, { planId: previewId, at: askedAt });
    this.#running.add(done);
    return done.finally(() => this.#running.delete(done));
  }

  async settled(): Promise<void> {
    await Promise.allSettled([...this.#running]);
  }

  async #carryOut(
    preview: ActPreview,
    plan: HandPlan,
    by: Actor,
    consent: Consent,
  ): Promise<ActResult> {
    const { journal, mover, reducer, posture, settings } = this.#deps;
    const { id, request } = preview;
    const dryRun = posture.isDryRun(settings());
    await journal.append({ type: RECORD.act, body: { id, request, by } });
    const adjustments = await mover.move(plan.adjustments, {
      trigger: 'manual',
      askLimits: true,
      usesReserve: true,
      consent,
      obsolete: () => false,
    });
    const reductions = await reducer.reduceAll(plan.reductions, consent, 'manual');
    await this.#report(preview, by, dryRun, adjustments, reductions);
    return { kind: 'ran', preview, adjustments, reductions, dryRun };
  }

  async #report(
    preview: ActPreview,
    by: Actor,
    dryRun: boolean,
    adjustments: readonly AdjustmentReport[],
    reductions: readonly ReductionReport[],
  ): Promise<void> {
    const { clock, ledger, notifier, onMoved, onReduced, refresh, log } = this.#deps;
    if (!dryRun) {
      await refresh().catch((error: unknown) => {
        log.warn({ reason: messageOf(error) }, 'account not read after an act by hand');
      });
    }
    const at = clock.now();
    if (adjustments.length > 0) {
      await onMoved(by, adjustments);
      const freeUsd = ledger.availableUsd();
      notifier.notify({
        type: 'adjusted',
        at,
        trigger: 'manual',
        dryRun,
        by,
        adjustments,
        freeUsd,
      });
    }
    if (reductions.length > 0) {
      const plan = this.#asRound(preview, by, dryRun, reductions);
      await onReduced(plan);
      notifier.notify({ type: 'reduced', at, plan, by });
    }
  }

  /** A reduction by hand is kept and shown like a round of a liquidation plan. */
  #asRound(
    preview: ActPreview,
    by: Actor,
    dryRun: boolean,
    reductions: readonly ReductionReport[],
  ): LiquidationPlanReport {
    const zero = sumOf([]);
    return {
      planId: preview.id,
      state: dryRun ? 'rehearsed' : 'done',
      createdAt: preview.at,
      expiresAt: preview.expiresAt,
      shortfallUsd: zero,
      remainingUsd: zero,
      accountRatePct: preview.accountRateBeforePct ?? 0,
      reductions,
      decidedBy: by,
      decidedAt: this.#deps.clock.now(),
    };
  }

  #plan(request: ActRequest): Planned {
    const { ledger, fences, posture, freshness, settings, clock } = this.#deps;
    if (posture.mode === 'halted') return { kind: 'unavailable', reason: 'halted' };
    if (request.kind === 'release' && posture.pause) {
      return { kind: 'unavailable', reason: 'paused' };
    }
    if (ledger.snapshotAt === null) return { kind: 'unavailable', reason: 'no_snapshot' };
    if (ledger.symbols().length === 0) return { kind: 'unavailable', reason: 'no_positions' };
    if (!freshness.accountIsFresh()) return { kind: 'unavailable', reason: 'stale_marks' };
    if (ledger.availableUsd() === null) return { kind: 'unavailable', reason: 'balance_unknown' };
    if ('symbol' in request && fences.has(request.symbol)) {
      return { kind: 'refused', reason: 'fenced' };
    }
    const isReduction = request.kind === 'reduce' || request.kind === 'deleverage';
    const book = isReduction
      ? ledger.book()
      : planningBook(ledger, fences, clock.monotonicMs(), freshness.ageMaxMs);
    const plan = planByHand(book, request, settings());
    return plan.kind === 'plan' ? { kind: 'plan', plan, book } : plan;
  }

  #freeze(request: ActRequest, plan: HandPlan, book: Book): ActPreview {
    const { clock, random, settings, posture, fourEyes } = this.#deps;
    const at = clock.now();
    const moves = plan.adjustments.length > 0;
    const notes: ActNote[] = [...plan.notes];
    if (moves) notes.push('next_check_levels');
    if (posture.pause) notes.push('despite_pause');
    const preview: ActPreview = {
      id: randomId(random, 8),
      at,
      expiresAt: at + PREVIEW_TTL_MS,
      request,
      dryRun: posture.isDryRun(settings()),
      risk: request.kind === 'release' ? 'raises' : 'lowers',
      fourEyes: fourEyes.asksFor(sumOf(plan.reductions.map((cut) => cut.notionalUsd))),
      adjustments: plan.adjustments.map(reportOf),
      reductions: plan.reductions,
      effects: effectsOf(book, plan),
      freeBeforeUsd: book.availableExact,
      freeAfterUsd: plan.after.availableExact,
      accountRateBeforePct: plan.accountRateBeforePct,
      accountRateAfterPct: plan.accountRateAfterPct,
      costUsd: plan.costUsd,
      notes,
    };
    this.#previews.set(preview.id, preview);
    for (const oldest of this.#previews.keys()) {
      if (this.#previews.size <= PREVIEWS_MAX) break;
      this.#previews.delete(oldest);
    }
    return preview;
  }
}

function notionalOf(preview: ActPreview): Decimal {
  return sumOf(preview.reductions.map((cut) => cut.notionalUsd));
}
