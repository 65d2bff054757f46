/** Mark prices: as many connections as the symbols need, and one word on whether all work. */
import type { Mark } from '../../../core/position.ts';
import type { PerpSymbol } from '../../../core/symbol.ts';
import { MINUTE_MS, SECOND_MS } from '../../../core/time.ts';
import type { Clock, Random } from '../../../ports/clock.ts';
import type { FeedEvent } from '../../../ports/feed.ts';
import type { Logger } from '../../../ports/logger.ts';
import { SlidingWindow } from '../limits.ts';
import type { Transport } from '../transport.ts';
import { assignSymbols } from './assign.ts';
import { BadFrames } from './bad-frames.ts';
import type { Maintenance } from './maintenance.ts';
import { MarkConnection } from './mark-connection.ts';

export interface PublicFeedDeps {
  readonly url: string;
  /** The venue admits 20 new ones a minute and blocks for a minute beyond: stay below. */
  readonly connectionsPerMinute: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly maintenance: Maintenance;
  readonly connect?: Transport['socket'];
  readonly emit: (event: FeedEvent) => void;
}

/** Over a minute: we count when a connection is asked for, the venue when it has opened. */
const CONNECTION_WINDOW_MS = MINUTE_MS + 5 * SECOND_MS;

export class PublicFeed {
  readonly #deps: PublicFeedDeps;
  readonly #budget: SlidingWindow;
  readonly #badFrames: BadFrames;
  #connections: MarkConnection[] = [];
  #told: 'up' | 'down' | null = null;
  readonly #closing = new Set<Promise<void>>();

  constructor(deps: PublicFeedDeps) {
    this.#deps = deps;
    this.#budget = new SlidingWindow(deps.connectionsPerMinute, CONNECTION_WINDOW_MS);
    this.#badFrames = new BadFrames('public', deps.clock, deps.log, deps.emit);
  }

  /** The symbols to stream from now on; replaces the earlier set. */
  subscribe(wanted: ReadonlySet<PerpSymbol>): void {
    const current = this.#connections.map(({ symbols }) => symbols);
    const taken = this.#connections.map(({ leavingCount }) => leavingCount);
    const sets = assignSymbols(wanted, current, taken);
    const streamed = sets.reduce((sum, set) => sum + set.size, 0);
    if (streamed < wanted.size) {
      this.#deps.log.warn({ wanted: wanted.size, streamed }, 'more symbols than connections allow');
    }
    for (const [i, set] of sets.entries()) this.#give(i, set);
    this.#closeIdle();
    this.#tell('subscriptions changed');
  }

  async close(): Promise<void> {
    const open = this.#connections.splice(0);
    await Promise.all([...this.#closing, ...open.map((connection) => connection.close())]);
  }

  #give(index: number, symbols: ReadonlySet<PerpSymbol>): void {
    const known = this.#connections[index];
    if (known) {
      known.want(symbols);
      return;
    }
    const { maintenance, emit } = this.#deps;
    const connection: MarkConnection = new MarkConnection({
      ...this.#deps,
      budget: this.#budget,
      onMark: (mark: Mark) => emit({ type: 'mark', mark }),
      onMaintenance: (active) => maintenance.set(connection, active),
      onBadFrame: (reason) => this.#badFrames.report(reason),
      onState: (reason) => this.#tell(reason),
    });
    this.#connections.push(connection);
    connection.want(symbols);
    connection.start();
  }

  /** The first connection stays open for the next symbol; the others go when they are empty. */
  #closeIdle(): void {
    const idle = this.#connections.filter(({ symbols }, i) => i > 0 && symbols.size === 0);
    this.#connections = this.#connections.filter((connection) => !idle.includes(connection));
    for (const connection of idle) {
      this.#deps.maintenance.set(connection, false);
      const closing = connection.close().finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    }
  }

  /** A connection that is still opening changes nothing: marks that flow keep flowing. */
  #tell(reason: string): void {
    const needed = this.#connections.filter(({ symbols }) => symbols.size > 0);
    const isDown = needed.some(({ state }) => state === 'down');
    const isUp = needed.every(({ state }) => state === 'up');
    if (isDown && this.#told !== 'down') {
      this.#told = 'down';
      this.#deps.emit({ type: 'down', channel: 'public', reason });
    } else if (isUp && this.#told !== 'up') {
      this.#told = 'up';
      this.#deps.emit({ type: 'up', channel: 'public' });
    }
  }
}
