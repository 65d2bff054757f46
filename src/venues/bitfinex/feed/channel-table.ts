/**
 * Which channels one connection should carry and which it does. A symbol counts as subscribed only
 * once the venue has said so; what fails is asked again later. Pure: time comes in by parameter.
 */
import type { PerpSymbol } from '../../../core/symbol.ts';
import type { Random } from '../../../ports/clock.ts';
import { backoffMs } from '../backoff.ts';

type Phase = 'idle' | 'asked' | 'live' | 'leaving';

interface Channel {
  phase: Phase;
  chanId: number;
  /** When an answer is overdue (`asked`, `leaving`) or a new attempt is due (`idle`). */
  dueMs: number;
  failures: number;
}

export type ChannelCommand =
  | { readonly kind: 'subscribe'; readonly symbol: PerpSymbol }
  | { readonly kind: 'unsubscribe'; readonly chanId: number }
  /** The venue never answered an unsubscribe: only a new connection gives the channel back. */
  | { readonly kind: 'restart'; readonly reason: string };

const ANSWER_MS = 10_000;
const RETRY = { baseMs: 5_000, maxMs: 60_000 } as const;

export class ChannelTable {
  readonly #random: Random;
  readonly #channels = new Map<PerpSymbol, Channel>();
  readonly #byChanId = new Map<number, PerpSymbol>();
  #desired: ReadonlySet<PerpSymbol> = new Set();

  constructor(random: Random) {
    this.#random = random;
  }

  /** Channels in use at the venue or wanted: what counts against its limit. */
  get occupied(): number {
    return this.#channels.size;
  }

  /** True once every wanted symbol is live or has failed at least once. */
  get isSettled(): boolean {
    return [...this.#desired].every((symbol) => {
      const channel = this.#channels.get(symbol);
      return channel !== undefined && (channel.phase === 'live' || channel.failures > 0);
    });
  }

  has(symbol: PerpSymbol): boolean {
    return this.#desired.has(symbol);
  }

  /** The live symbol of a channel, while it is wanted. */
  symbolOf(chanId: number): PerpSymbol | undefined {
    return this.#byChanId.get(chanId);
  }

  want(desired: ReadonlySet<PerpSymbol>): void {
    this.#desired = desired;
    for (const symbol of desired) {
      if (!this.#channels.has(symbol)) this.#channels.set(symbol, idle());
    }
    for (const [symbol, channel] of this.#channels) {
      if (channel.phase === 'idle' && !desired.has(symbol)) this.#channels.delete(symbol);
    }
  }

  /** A new connection starts without any channel. */
  reset(): void {
    this.#channels.clear();
    this.#byChanId.clear();
    this.want(this.#desired);
  }

  /** Leaves every live channel; the wanted ones are subscribed again once the venue agreed. */
  renewAll(nowMs: number): ChannelCommand[] {
    const live = [...this.#channels.values()].filter(({ phase }) => phase === 'live');
    return live.map((channel) => this.#leave(channel, nowMs));
  }

  /** What to send now. */
  commands(nowMs: number): ChannelCommand[] {
    const commands: ChannelCommand[] = [];
    for (const [symbol, channel] of this.#channels) {
      const isDue = channel.dueMs <= nowMs;
      if (channel.phase === 'asked' && isDue) this.#fail(channel, nowMs);
      if (channel.phase === 'leaving' && isDue) {
        return [{ kind: 'restart', reason: 'an unsubscribe was not answered' }];
      }
      if (channel.phase === 'live' && !this.#desired.has(symbol)) {
        commands.push(this.#leave(channel, nowMs));
      }
      if (channel.phase === 'idle' && channel.dueMs <= nowMs) {
        channel.phase = 'asked';
        channel.dueMs = nowMs + ANSWER_MS;
        commands.push({ kind: 'subscribe', symbol });
      }
    }
    return commands;
  }

  /** When `commands` will next have something to do on its own; Infinity when never. */
  nextDueMs(): number {
    let dueMs = Number.POSITIVE_INFINITY;
    for (const channel of this.#channels.values()) {
      if (channel.phase !== 'live') dueMs = Math.min(dueMs, channel.dueMs);
    }
    return dueMs;
  }

  subscribed(symbol: PerpSymbol, chanId: number): void {
    const channel = this.#channels.get(symbol);
    if (!channel) return;
    channel.phase = 'live';
    channel.chanId = chanId;
    channel.failures = 0;
    this.#byChanId.set(chanId, symbol);
  }

  unsubscribed(chanId: number): void {
    for (const [symbol, channel] of this.#channels) {
      if (channel.chanId !== chanId || channel.phase !== 'leaving') continue;
      this.#channels.delete(symbol);
      if (this.#desired.has(symbol)) this.#channels.set(symbol, idle());
    }
  }

  /** The venue refused the subscription. */
  refused(symbol: PerpSymbol, nowMs: number): void {
    const channel = this.#channels.get(symbol);
    if (channel?.phase === 'asked') this.#fail(channel, nowMs);
  }

  #leave(channel: Channel, nowMs: number): ChannelCommand {
    channel.phase = 'leaving';
    channel.dueMs = nowMs + ANSWER_MS;
    this.#byChanId.delete(channel.chanId);
    return { kind: 'unsubscribe', chanId: channel.chanId };
  }

  #fail(channel: Channel, nowMs: number): void {
    channel.failures += 1;
    channel.phase = 'idle';
    channel.dueMs = nowMs + backoffMs(channel.failures, RETRY, this.#random);
  }
}

function idle(): Channel {
  return { phase: 'idle', chanId: 0, dueMs: Number.NEGATIVE_INFINITY, failures: 0 };
}
