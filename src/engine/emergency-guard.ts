/**
 * Watches every mark and tops up an endangered position at once, from local state, with no read
 * before the write. One rescue per position at a time; rescues overtake routine plans.
 */
import { toFloat, ZERO } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import type { AdjustmentReport } from '../core/notice.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Venue } from '../ports/venue.ts';
import {
  type BalancerSettings,
  distance,
  type EmergencyPlan,
  isEndangered,
  type Leg,
  marginRatePct,
  planEmergency,
  thriftyRescue,
} from '../systems/balancer/index.ts';
import type { Fences } from './fences.ts';
import type { Freshness } from './freshness.ts';
import type { Ledger } from './ledger.ts';
import type { Mover } from './mover.ts';
import { planningBook } from './planning-book.ts';
import type { PostureKeeper } from './posture-keeper.ts';

export interface EmergencyGuardDeps {
  readonly venue: Pick<Venue, 'writesLeft'>;
  readonly ledger: Ledger;
  readonly fences: Fences;
  readonly posture: PostureKeeper;
  readonly mover: Mover;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly notifier: Notifier;
  readonly log: Logger;
  readonly freshness: Freshness;
  readonly onRescue: (end: RescueEnd) => void;
}

export interface RescueEnd {
  /** What could not be covered is in `missingUsd`. */
  readonly plan: EmergencyPlan;
  readonly moved: readonly AdjustmentReport[];
  /** False in a rehearsal and while paused or halted: none of its moves left us. */
  readonly isSent: boolean;
  readonly isRehearsal: boolean;
  /** A rescue that changes nothing is tried again every few seconds, and told now and then. */
  readonly isTold: boolean;
}

/** A rescue that found nothing to move is not tried again on each of the next ticks. */
const REST_AFTER_FAILURE_MS = 2_000;
/** A rehearsed rescue changes nothing, so the same tick would trigger it for ever in a dry run. */
const REST_AFTER_REHEARSAL_MS = 10 * 60_000;
/** Planning for a position that nothing can improve is not repeated on each tick. */
const REST_WHEN_HELPLESS_MS = 250;
const REPEAT_AFTER_MS = 5 * 60_000;
const NOT_SENT: ReadonlySet<string> = new Set(['denied', 'rehearsed']);

export class EmergencyGuard {
  readonly #deps: EmergencyGuardDeps;
  readonly #busy = new Set<PerpSymbol>();
  readonly #restingUntil = new Map<PerpSymbol, number>();
  readonly #rehearsedUntil = new Map<PerpSymbol, number>();
  readonly #toldAt = new Map<PerpSymbol, number>();
  readonly #running = new Set<Promise<void>>();
  #generation = 0;
  #isLevelled = false;

  constructor(deps: EmergencyGuardDeps) {
    this.#deps = deps;
  }

  /** Rises with every rescue: a routine plan made before is obsolete. */
  get generation(): number {
    return this.#generation;
  }

  /** The routine has levelled the account, or found nothing to level. */
  levelled(): void {
    this.#isLevelled = true;
  }

  get active(): boolean {
    return this.#busy.size > 0;
  }

  /** Checks one position after a new mark. Returns at once; a rescue runs in the background. */
  check(leg: Leg): void {
    const { ledger, fences, settings, freshness, clock, posture } = this.#deps;
    const availableUsd = toFloat(ledger.availableUsd() ?? ZERO);
    const reason = isEndangered(leg, ledger.totals, availableUsd, settings());
    if (reason === false) return;
    // Before the account was levelled once, being behind the others is the routine's business.
    // While somebody keeps undoing it, nobody's: only what is near to liquidation is rescued.
    const isLeftAlone = !this.#isLevelled || posture.mode === 'reducing';
    if (reason === 'relative' && isLeftAlone) return;
    if (this.#busy.has(leg.symbol) || fences.isTaken(leg.symbol) || this.#rests(leg.symbol)) return;
    if (!freshness.accountIsFresh()) return;
    const book = planningBook(ledger, fences, clock.monotonicMs(), freshness.ageMaxMs);
    const wanted = planEmergency(book, leg.symbol, settings());
    const plan = wanted && thriftyRescue(wanted, this.#writesLeft(), book.availableExact);
    if (plan) this.#start(leg, plan);
    else this.#rest(leg.symbol, REST_WHEN_HELPLESS_MS);
  }

  /** Checks every position, the nearest to liquidation first: who is first gets the most. */
  checkAll(): void {
    const legs = this.#deps.ledger.book().legs.map((leg) => ({ leg, distance: distance(leg) }));
    legs.sort((a, b) => a.distance - b.distance);
    for (const { leg } of legs) this.check(leg);
  }

  async settled(): Promise<void> {
    await Promise.allSettled([...this.#running]);
  }

  /** A rehearsal spends nothing. */
  #writesLeft(): number {
    const { posture, settings, venue } = this.#deps;
    return posture.isDryRun(settings()) ? Number.POSITIVE_INFINITY : venue.writesLeft();
  }

  #rests(symbol: PerpSymbol): boolean {
    const { clock, posture, settings } = this.#deps;
    const now = clock.monotonicMs();
    if (now < (this.#restingUntil.get(symbol) ?? now)) return true;
    return posture.isDryRun(settings()) && now < (this.#rehearsedUntil.get(symbol) ?? now);
  }

  #start(leg: Leg, plan: EmergencyPlan): void {
    this.#busy.add(leg.symbol);
    this.#generation += 1;
    const run = this.#rescue(leg, plan)
      .catch((error) => {
        this.#deps.log.error({ symbol: leg.symbol, reason: messageOf(error) }, 'rescue failed');
        this.#rest(leg.symbol, REST_AFTER_FAILURE_MS);
      })
      .finally(() => {
        this.#busy.delete(leg.symbol);
        this.#running.delete(run);
      });
    this.#running.add(run);
  }

  async #rescue(leg: Leg, plan: EmergencyPlan): Promise<void> {
    const { mover, posture, settings, clock, notifier } = this.#deps;
    const isDryRun = posture.isDryRun(settings());
    const moves = plan.receiver ? [...plan.donors, plan.receiver] : plan.donors;
    const moved = await mover.move(moves, {
      trigger: 'emergency',
      askLimits: false,
      usesReserve: true,
      consent: null,
      obsolete: () => false,
    });
    const helped = moved.some((report) => report.outcome?.kind === 'confirmed');
    const isSent = moved.some(({ outcome }) => outcome && !NOT_SENT.has(outcome.kind));
    const isRehearsal = isDryRun && !isSent;
    if (isRehearsal) this.#rehearsedUntil.set(leg.symbol, this.#inMs(REST_AFTER_REHEARSAL_MS));
    if (!helped) this.#rest(leg.symbol, REST_AFTER_FAILURE_MS);
    const isTold = helped || isRehearsal || this.#mayRepeat(leg.symbol);
    if (isTold) {
      notifier.notify({
        type: 'emergency',
        at: clock.now(),
        dryRun: isRehearsal,
        symbol: leg.symbol,
        ratePct: marginRatePct(leg),
        distance: distance(leg),
        adjustments: moved,
        missingUsd: plan.missingUsd,
      });
    }
    this.#deps.onRescue({ plan, moved, isSent, isRehearsal, isTold });
  }

  /** A rescue with nothing to move is told once in a while, not on each try. */
  #mayRepeat(symbol: PerpSymbol): boolean {
    const now = this.#deps.clock.monotonicMs();
    const last = this.#toldAt.get(symbol);
    if (last !== undefined && now - last < REPEAT_AFTER_MS) return false;
    this.#toldAt.set(symbol, now);
    return true;
  }

  #rest(symbol: PerpSymbol, ms: number): void {
    this.#restingUntil.set(symbol, this.#inMs(ms));
  }

  #inMs(ms: number): number {
    return this.#deps.clock.monotonicMs() + ms;
  }
}
