/** The exchange simulator's own logic under virtual time, without a socket. */
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { BookEntry } from '../exchange/core/index.ts';
import {
  advance,
  createWorld,
  replaceBook,
  terminateBest,
  type World,
  type WorldEvent,
} from '../exchange/core/index.ts';
import { type ActiveFault, type FaultKind, Faults } from '../exchange/faults.ts';
import { type Ending, serve } from '../exchange/http/faulty.ts';
import type { Received } from '../exchange/http/receive.ts';
import { RequestLog } from '../exchange/request-log.ts';
import { Keys } from '../exchange/rest/keys.ts';
import { RequestLimits } from '../exchange/rest/limits.ts';
import type { Venue } from '../exchange/venue.ts';
import { Hub } from '../exchange/ws/hub.ts';
import { type CandleBook, candleHistory, type Market, Prng } from '../market/index.ts';
import type { Marks } from './marks.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A market that knows when it is worth watching closely. */
export interface WatchedMarket extends Market {
  isViolent(at: number): boolean;
}

/** What a market was like until now: two services that are compared must have read the same. */
export interface Past {
  readonly candles: CandleBook;
  readonly fundingRates: Float64Array;
}

export interface ExchangeSetup {
  readonly time: VirtualTime;
  readonly startAt: number;
  readonly market: WatchedMarket;
  readonly seed: number;
  readonly book: { readonly entries: readonly BookEntry[]; readonly freeUsd: number };
  readonly past?: Past;
  readonly marks: Marks;
  readonly log: Logger;
  readonly onEvent: (event: WorldEvent) => void;
}

/** Frames and liquidations this often in calm and in violent markets. */
const CALM_BEAT_MS = 60_000;
const VIOLENT_BEAT_MS = 6_000;

export class Exchange {
  readonly world: World;
  readonly faults: Faults;
  readonly hub: Hub;
  readonly clock: Clock;
  readonly #venue: Venue;
  readonly #time: VirtualTime;
  readonly #market: WatchedMarket;

  constructor(setup: ExchangeSetup) {
    const { time, startAt, market, seed, past, onEvent } = setup;
    this.#time = time;
    this.#market = market;
    this.clock = trueClock(time, startAt);
    const events: WorldEvent[] = [];
    const candles =
      past?.candles ?? candleHistory(market.contracts, new Prng(seed, 'history'), startAt);
    this.world = createWorld({
      market,
      seed,
      candles,
      emit: (event) => {
        events.push(event);
        onEvent(event);
      },
    });
    if (past) this.world.fundingRates.set(past.fundingRates);
    replaceBook(this.world, setup.book.entries, setup.book.freeUsd);
    events.length = 0;
    this.faults = new MarkedFaults(this.clock, setup.marks);
    this.#venue = {
      world: this.world,
      speed: 1,
      seed,
      scenario: 'simulation',
      clock: this.clock,
      log: setup.log,
      faults: this.faults,
      keys: new Keys(),
      limits: new RequestLimits(this.clock),
      requests: new RequestLog(),
      catchUp: () => advance(this.world, this.clock.now()),
      flush: () => this.hub.broadcast(events.splice(0)),
    };
    this.hub = new Hub(this.#venue);
    this.#beat();
  }

  serve(received: Received): Promise<Ending> {
    return serve(this.#venue, received);
  }

  /** Simulates up to now and tells whoever listens. */
  catchUp(): void {
    this.#venue.catchUp();
    this.#venue.flush();
  }

  /** Half of the best position goes, as auto-deleveraging does it. */
  deleverage(): boolean {
    this.#venue.catchUp();
    const done = terminateBest(this.world);
    this.#venue.flush();
    return done;
  }

  #beat(): void {
    const delayMs = this.#market.isViolent(this.clock.now()) ? VIOLENT_BEAT_MS : CALM_BEAT_MS;
    this.#time.after(delayMs, () => {
      this.catchUp();
      this.hub.push(({ kind }) => kind === 'status');
      this.hub.pulse();
      this.#beat();
    });
  }
}

function trueClock(time: VirtualTime, startAt: number): Clock {
  return {
    now: () => startAt + time.at,
    monotonicMs: () => time.at,
    after: (delayMs, run) => time.after(delayMs, run),
    sleep: (delayMs) =>
      new Promise((resolve) => {
        time.after(delayMs, resolve);
      }),
  };
}

/** Remembers which kinds really struck. */
class MarkedFaults extends Faults {
  readonly #marks: Marks;

  constructor(clock: Clock, marks: Marks) {
    super(clock);
    this.#marks = marks;
  }

  override strike(kind: FaultKind, path: string): ActiveFault | undefined {
    const fault = super.strike(kind, path);
    if (fault) this.#marks.hit(`fault ${kind}`);
    return fault;
  }

  override active(kind: FaultKind): ActiveFault | undefined {
    const fault = super.active(kind);
    if (fault) this.#marks.hit(`fault ${kind}`);
    return fault;
  }
}
