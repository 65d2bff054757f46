/** Takes the feed's events one at a time, in the order they came. Never waits. */
import type { Mark, Position } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import { SECOND_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { FeedChannel, FeedEvent } from '../ports/feed.ts';
import type { Logger } from '../ports/logger.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import { changeOf, type Drifts, hasGrown } from './drifts.ts';
import type { EmergencyGuard } from './emergency-guard.ts';
import type { Fences } from './fences.ts';
import type { Freshness } from './freshness.ts';
import type { Ledger } from './ledger.ts';
import { onceSoon } from './once-soon.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import { RateMeter } from './rate-meter.ts';
import type { SpikeWatch } from './spike-watch.ts';

export interface FeedHandlerDeps {
  readonly ledger: Ledger;
  readonly fences: Fences;
  readonly guard: EmergencyGuard;
  readonly spikes: SpikeWatch;
  readonly freshness: Freshness;
  readonly posture: PostureKeeper;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly drifts: Drifts;
  readonly log: Logger;
  /** Reads account and marks again, in the background. */
  readonly onReadNeeded: () => void;
  /** Looks at the whole account; called at most once a second while marks move. */
  readonly onMarksMoved: () => void;
  readonly onPositionsChanged: () => void;
}

export class FeedHandler {
  readonly #deps: FeedHandlerDeps;
  readonly #up = new Set<FeedChannel>();
  readonly #frames: RateMeter;
  /** Work on the whole book: it comes after the frames, however many of them ask for it. */
  readonly #checkAllSoon: () => void;
  readonly #lookSoon: () => void;
  readonly #positionsChangedSoon: () => void;
  #badFrames = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: FeedHandlerDeps) {
    this.#deps = deps;
    const { clock, guard } = deps;
    this.#frames = new RateMeter(clock);
    this.#checkAllSoon = onceSoon(clock, () => guard.checkAll());
    this.#lookSoon = onceSoon(clock, deps.onMarksMoved);
    this.#positionsChangedSoon = onceSoon(clock, deps.onPositionsChanged);
  }

  get isUp(): boolean {
    return this.#up.size === 2;
  }

  get badFrames(): number {
    return this.#badFrames;
  }

  handle(event: FeedEvent): void {
    switch (event.type) {
      case 'mark':
        this.#onMark(event.mark);
        return;
      case 'position':
        this.#onPosition(event.position);
        return;
      case 'positions':
        for (const position of event.positions) this.#onPosition(position);
        return;
      case 'position_closed':
        this.#onClosed(event.symbol, event.positionId);
        return;
      case 'wallet':
        // While a write is under way a frame may show either side of it: the next read tells. An
        // unknown outcome may last for minutes, and `OutcomeKeeper` reckons with either side.
        if (this.#deps.fences.inFlight() === 0) this.#deps.ledger.applyWallet(event.wallet);
        return;
      case 'up':
      case 'down':
        this.#onLink(event);
        return;
      case 'maintenance':
        this.#deps.posture.setMaintenance(event.active);
        if (!event.active) this.#deps.onReadNeeded();
        return;
      case 'bad_frame':
        this.#badFrames += 1;
        this.#deps.log.warn({ channel: event.channel, reason: event.reason }, 'bad frame ignored');
    }
  }

  framesPerMinute(): number {
    return this.#frames.lastMinute();
  }

  #onMark(mark: Mark): void {
    const { ledger, guard, spikes, settings, clock } = this.#deps;
    this.#frames.count();
    const now = clock.monotonicMs();
    const leg = ledger.applyMark(mark, { elapsedMs: now, wallAt: clock.now() });
    if (!leg) return;
    const spikePct = settings().thresholds.price_spike_pct;
    const isJump = spikes.record(mark.symbol, leg.markPrice, now, spikePct);
    const lostPct = spikes.lostPct(leg.symbol, leg.direction, now);
    const fallPct = spikes.fallPct(leg.symbol, leg.direction, now);
    guard.check(ledger.urge(leg, lostPct, fallPct));
    if (isJump) {
      this.#checkAllSoon();
      this.#deps.onReadNeeded();
    }
    if (now - this.#lookedAt >= SECOND_MS) {
      this.#lookedAt = now;
      this.#lookSoon();
    }
  }

  #onPosition(position: Position): void {
    const { ledger, fences, guard, clock, drifts } = this.#deps;
    if (fences.has(position.symbol)) return;
    const known = ledger.position(position.symbol);
    const change = known ? changeOf(known, position) : 'opened';
    const isTaken = ledger.applyPosition(position, clock.monotonicMs());
    const grown = !known || hasGrown(known, position);
    if (isTaken && change) drifts.changed(position.symbol, change, grown);
    if (change === 'opened') this.#deps.onReadNeeded();
    const leg = ledger.leg(position.symbol);
    if (leg) guard.check(leg);
    this.#positionsChangedSoon();
  }

  #onClosed(symbol: PerpSymbol, positionId: string): void {
    const { ledger, drifts, clock } = this.#deps;
    const known = ledger.position(symbol);
    if (!known || known.id !== positionId) return;
    drifts.changed(symbol, 'closed', false);
    ledger.removePosition(symbol, clock.monotonicMs());
    this.#deps.onReadNeeded();
    this.#positionsChangedSoon();
  }

  #onLink(event: Extract<FeedEvent, { type: 'up' | 'down' }>): void {
    const { freshness, log, onReadNeeded } = this.#deps;
    if (event.type === 'down') {
      this.#up.delete(event.channel);
      log.warn({ channel: event.channel, reason: event.reason }, 'feed down');
      return;
    }
    this.#up.add(event.channel);
    log.info({ channel: event.channel }, 'feed up');
    // Positions may have changed while nobody told us; act again only after a snapshot.
    if (event.channel === 'account') freshness.awaitSnapshot();
    onReadNeeded();
  }
}
