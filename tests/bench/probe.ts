/**
 * Where the time goes between a mark-price frame's arrival and the first byte of the protective
 * write. Moments are read from `performance.now()`; how long the thread was ready but had to wait
 * for a core is the kernel's own count.
 */
import diagnostics from 'node:diagnostics_channel';
import { WebSocket } from 'ws';
import type { Decimal } from '../../src/core/decimal.ts';
import type { PerpSymbol } from '../../src/core/symbol.ts';
import type { Feed } from '../../src/ports/feed.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { ThreadTime } from './thread-time.ts';

/** Milliseconds of one rescue, stage by stage; from `parse` on they add up to `totalMs`. */
export interface Stages {
  /** Sent by the exchange's process → its bytes arrived here. Not part of the total. */
  readonly wireMs: number;
  /** Bytes arrived → the frame is a checked mark. */
  readonly parseMs: number;
  /** Local state, decision, approval: until the intent is handed to the journal. */
  readonly decideMs: number;
  /** Until the intent is on disk. */
  readonly journalMs: number;
  /** Signature and the client, until the first byte of the request. */
  readonly sendMs: number;
  readonly totalMs: number;
  /** Within `journalMs`: until everything else of the turn that decided was done. */
  readonly turnMs: number;
  /** Within `totalMs`: the service's thread was ready and other threads had the cores. */
  readonly corelessMs: number;
}

interface Begun {
  readonly symbol: string;
  readonly wireMs: number;
  readonly frameAt: number;
  readonly parsedAt: number;
  readonly decidedAt: number;
  readonly corelessMs: number;
  turnEndedAt: number;
  durableAt: number;
}

export class Probe {
  readonly rescues: Stages[] = [];
  readonly #begun: Begun[] = [];
  readonly #thread = new ThreadTime();
  readonly #prices = new Map<PerpSymbol, Decimal>();
  /** When the frame being handled in this very turn arrived; null between frames. */
  #frameAt: number | null = null;
  #frame: unknown = null;
  #parsedAt = 0;

  /** Notes when bytes arrive, before anything looks at them, and when a write leaves. */
  listen(): void {
    const probe = this;
    const emit = WebSocket.prototype.emit;
    WebSocket.prototype.emit = function (this: WebSocket, event: string | symbol, ...rest) {
      if (event !== 'message') return emit.call(this, event, ...rest);
      probe.#frameAt = performance.now();
      probe.#frame = rest[0];
      const handled = emit.call(this, event, ...rest);
      probe.#frameAt = null;
      return handled;
    };
    diagnostics.subscribe('undici:client:sendHeaders', (message) => {
      const { request } = message as { request: { path: string; body: unknown } };
      if (request.path.endsWith('/collateral/set')) probe.#onWrite(String(request.body));
    });
  }

  /** The newest mark of a symbol. */
  priceOf(symbol: PerpSymbol): Decimal | undefined {
    return this.#prices.get(symbol);
  }

  wrapFeed(feed: Feed): Feed {
    return {
      start: (onEvent) =>
        feed.start((event) => {
          this.#parsedAt = performance.now();
          if (event.type === 'mark') this.#prices.set(event.mark.symbol, event.mark.price);
          onEvent(event);
        }),
      subscribeMarks: (symbols) => feed.subscribeMarks(symbols),
      close: () => feed.close(),
    };
  }

  /**
   * The first intent of a rescue is appended in the same turn as the frame that caused it. The ones
   * that follow wait for money to arrive, and are not measured.
   */
  wrapJournal(journal: Journal): Journal {
    return {
      append: async (entry) => {
        const { action } = entry.body as { action?: { symbol: string; trigger: string } };
        const isRescue = entry.type === 'intent' && action?.trigger === 'emergency';
        if (!isRescue || this.#frameAt === null || !action) return journal.append(entry);
        const begun = this.#begin(action.symbol, this.#frameAt);
        const appended = journal.append(entry);
        process.nextTick(() => {
          begun.turnEndedAt = performance.now();
        });
        const receipt = await appended;
        begun.durableAt = performance.now();
        return receipt;
      },
      replay: () => journal.replay(),
      close: () => journal.close(),
    };
  }

  #begin(symbol: string, frameAt: number): Begun {
    const begun: Begun = {
      symbol,
      wireMs: frameAt - sentAt(this.#frame),
      frameAt,
      parsedAt: this.#parsedAt,
      decidedAt: performance.now(),
      corelessMs: this.#thread.corelessMs(),
      turnEndedAt: 0,
      durableAt: 0,
    };
    this.#begun.push(begun);
    return begun;
  }

  #onWrite(body: string): void {
    const index = this.#begun.findIndex(
      ({ symbol, durableAt }) => durableAt > 0 && body.includes(symbol),
    );
    const [begun] = index < 0 ? [] : this.#begun.splice(index, 1);
    if (!begun) return;
    const now = performance.now();
    this.rescues.push({
      wireMs: begun.wireMs,
      parseMs: begun.parsedAt - begun.frameAt,
      decideMs: begun.decidedAt - begun.parsedAt,
      journalMs: begun.durableAt - begun.decidedAt,
      sendMs: now - begun.durableAt,
      totalMs: now - begun.frameAt,
      turnMs: Math.max(0, begun.turnEndedAt - begun.decidedAt),
      corelessMs: this.#thread.corelessMs() - begun.corelessMs,
    });
  }
}

/** The exchange's process ends each frame with its clock, which is this machine's. */
function sentAt(frame: unknown): number {
  const micros = /,(\d+)\]$/.exec(String(frame))?.[1];
  return Number(micros ?? Number.NaN) / 1_000 - MONOTONIC_ZERO_MS;
}

/** `performance.now()` counts from here on the clock that all processes share. */
const MONOTONIC_ZERO_MS = Number(process.hrtime.bigint()) / 1e6 - performance.now();
