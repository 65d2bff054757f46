/**
 * The scheduled check: read the account and the marks, rescue what is endangered, level the rest,
 * look at the account as a whole, then choose what to stream until the next one.
 */
import { messageOf } from '../core/errors.ts';
import { MINUTE_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Feed } from '../ports/feed.ts';
import type { Logger } from '../ports/logger.ts';
import { type Venue, VenueReadError } from '../ports/venue.ts';
import { atRisk, type BalancerSettings, marginRatePct } from '../systems/balancer/index.ts';
import type { AccountReader } from './account-reader.ts';
import { snapshotOf } from './account-samples.ts';
import type { EmergencyGuard } from './emergency-guard.ts';
import type { Freshness } from './freshness.ts';
import type { Ledger } from './ledger.ts';
import type { Liquidator } from './liquidator.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import type { Rebalancer } from './rebalancer.ts';
import type { Recorder } from './recorder.ts';
import type { Sentinel } from './sentinel.ts';
import type { SpikeWatch } from './spike-watch.ts';
import type { Statistics } from './statistics.ts';
import { accountRateNowPct, accountSums } from './views.ts';
import type { Watchers } from './watchers.ts';
import type { WeightsKeeper } from './weights-keeper.ts';

export interface CycleDeps {
  readonly venue: Venue;
  readonly feed: Feed;
  readonly ledger: Ledger;
  readonly reader: AccountReader;
  readonly freshness: Freshness;
  readonly posture: PostureKeeper;
  readonly weights: WeightsKeeper;
  readonly spikes: SpikeWatch;
  readonly guard: EmergencyGuard;
  readonly rebalancer: Rebalancer;
  readonly liquidator: Liquidator;
  readonly watchers: Watchers;
  readonly recorder: Recorder;
  readonly statistics: Statistics;
  readonly sentinel: Sentinel;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly log: Logger;
}

const CYCLES_BEFORE_RESCUES = 2;

export class Cycle {
  readonly #deps: CycleDeps;
  #lastAt: number | null = null;
  #streamed = 0;
  #cycles = 0;
  #lastDurationMs: number | null = null;
  #isRunning = false;

  constructor(deps: CycleDeps) {
    this.#deps = deps;
  }

  get lastAt(): number | null {
    return this.#lastAt;
  }

  get lastDurationMs(): number | null {
    return this.#lastDurationMs;
  }

  /** Checks that could read the account, since the start. */
  get count(): number {
    return this.#cycles;
  }

  get streamed(): number {
    return this.#streamed;
  }

  /** Never two at once: a call while one is under way does nothing. */
  async run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    const startedMs = this.#deps.clock.monotonicMs();
    try {
      await this.#runOnce();
    } finally {
      this.#lastDurationMs = this.#deps.clock.monotonicMs() - startedMs;
      this.#isRunning = false;
    }
  }

  async #runOnce(): Promise<void> {
    const { clock, guard, rebalancer, liquidator, weights, posture } = this.#deps;
    this.#lastAt = clock.now();
    const isRead = await this.read();
    this.#watchStaleness();
    if (!isRead) return;
    weights.refreshIfDue();
    guard.checkAll();
    await guard.settled();
    if (weights.isReady && !posture.maintenance) {
      await rebalancer.runScheduled();
      this.#levelled();
    }
    // Measuring many weights takes minutes; rescues do not wait that long.
    this.#cycles += 1;
    if (this.#cycles >= CYCLES_BEFORE_RESCUES) this.#levelled();
    await liquidator.evaluate();
    this.chooseStreams();
    await this.#record();
  }

  /** A rehearsal levels nothing: being behind the others stays what the routine would mend. */
  #levelled(): void {
    const { guard, posture, settings } = this.#deps;
    if (!posture.isDryRun(settings())) guard.levelled();
  }

  /** Reads account and marks; false when a read failed, and then nothing changed. */
  async read(): Promise<boolean> {
    const { venue, reader, ledger, freshness, posture, weights, watchers, recorder } = this.#deps;
    const { sentinel } = this.#deps;
    try {
      posture.setMaintenance(!(await venue.isOperative()));
      await reader.refresh();
      await reader.refreshMarks();
    } catch (error) {
      if (!(error instanceof VenueReadError)) throw error;
      watchers.readFailed(error);
      if (error.keyRejected) sentinel.keyRejected(true);
      await recorder.error(error.call, messageOf(error));
      return false;
    }
    freshness.snapshotTaken();
    sentinel.keyRejected(false);
    watchers.readSucceeded();
    ledger.forgetMinimums(this.#deps.clock.monotonicMs());
    weights.apply();
    this.#deps.spikes.keepOnly(new Set(ledger.symbols()));
    return true;
  }

  /** Between checks, while any price jumps: the marks that no stream brings. */
  async readMarksIfViolent(): Promise<void> {
    const { spikes, clock, reader, guard, ledger } = this.#deps;
    const isStreamed = this.#streamed >= ledger.symbols().length;
    if (isStreamed || !spikes.isViolent(clock.monotonicMs(), MINUTE_MS)) return;
    await reader.refreshMarks();
    guard.checkAll();
    this.chooseStreams();
  }

  /** Streams marks of the positions at risk; the rest is read once a cycle. */
  chooseStreams(): void {
    const { feed, ledger, settings } = this.#deps;
    const book = ledger.book();
    const watched = atRisk(book.legs, ledger.totals, book.availableUsd, settings());
    // A position without a mark yet is watched: unknown is not safe.
    for (const symbol of ledger.symbols()) if (!ledger.leg(symbol)) watched.add(symbol);
    this.#streamed = watched.size;
    feed.subscribeMarks(watched);
  }

  #watchStaleness(): void {
    const { ledger, freshness, watchers, clock } = this.#deps;
    if (ledger.snapshotAt === null) return;
    const ageMs = clock.monotonicMs() - ledger.snapshotAt;
    watchers.stale(ageMs > freshness.ageMaxMs, 'account', ageMs);
  }

  /** Compares the account's margin rate with the warning limit. */
  watchAccount(): void {
    const { ledger, watchers, settings } = this.#deps;
    const ratePct = accountRateNowPct(ledger);
    watchers.account(ratePct, settings().thresholds.account_margin_rate_warning);
  }

  async #record(): Promise<void> {
    const { ledger, recorder, statistics, clock } = this.#deps;
    this.watchAccount();
    const sums = accountSums(ledger);
    const { equityUsd } = sums;
    await recorder.snapshot(snapshotOf(ledger, sums));
    await statistics.sample(clock.now(), { equityUsd, ...this.#worst() });
  }

  #worst() {
    let worstRatePct: number | null = null;
    let worstSymbol = null;
    for (const leg of this.#deps.ledger.book().legs) {
      const ratePct = marginRatePct(leg);
      if (worstRatePct !== null && ratePct >= worstRatePct) continue;
      worstRatePct = ratePct;
      worstSymbol = leg.symbol;
    }
    return { worstRatePct, worstSymbol };
  }
}
