/**
 * Where the time goes between a mark-price frame's arrival and the first byte of the protective
 * write. Moments are read from `performance.now()`.
 */
import diagnostics from 'node:diagnostics_channel';
import { WebSocket } from 'ws';
import type { Feed } from '../../src/ports/feed.ts';
import type { Journal } from '../../src/ports/journal.ts';

/** Milliseconds of one rescue, stage by stage; they add up to `totalMs`. */
export interface Stages {
  /** Bytes arrived → the frame is a checked mark. */
  readonly parseMs: number;
  /** Local state, decision, approval: until the intent is handed to the journal. */
  readonly decideMs: number;
  /** Until the intent is on disk. */
  readonly journalMs: number;
  /** Signature and the client, until the first byte of the request. */
  readonly sendMs: number;
  readonly totalMs: number;
}

interface Begun {
  readonly symbol: string;
  readonly frameAt: number;
  readonly parsedAt: number;
  readonly decidedAt: number;
  durableAt: number;
}

export class Probe {
  readonly rescues: Stages[] = [];
  readonly #begun: Begun[] = [];
  /** When the frame being handled in this very turn arrived; null between frames. */
  #frameAt: number | null = null;
  #parsedAt = 0;

  /** Notes when bytes arrive, before anything looks at them, and when a write leaves. */
  listen(): void {
    const probe = this;
    const emit = WebSocket.prototype.emit;
    WebSocket.prototype.emit = function (this: WebSocket, event: string | symbol, ...rest) {
      if (event === 'message') probe.#frameAt = performance.now();
      const handled = emit.call(this, event, ...rest);
      if (event === 'message') probe.#frameAt = null;
      return handled;
    };
    diagnostics.subscribe('undici:client:sendHeaders', (message) => {
      const { request } = message as { request: { path: string; body: unknown } };
      if (request.path.endsWith('/collateral/set')) probe.#onWrite(String(request.body));
    });
  }

  wrapFeed(feed: Feed): Feed {
    return {
      start: (onEvent) =>
        feed.start((event) => {
          this.#parsedAt = performance.now();
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
        const begun: Begun = {
          symbol: action.symbol,
          frameAt: this.#frameAt,
          parsedAt: this.#parsedAt,
          decidedAt: performance.now(),
          durableAt: 0,
        };
        this.#begun.push(begun);
        const receipt = await journal.append(entry);
        begun.durableAt = performance.now();
        return receipt;
      },
      replay: () => journal.replay(),
      close: () => journal.close(),
    };
  }

  #onWrite(body: string): void {
    const index = this.#begun.findIndex(
      ({ symbol, durableAt }) => durableAt > 0 && body.includes(symbol),
    );
    const [begun] = index < 0 ? [] : this.#begun.splice(index, 1);
    if (!begun) return;
    const now = performance.now();
    this.rescues.push({
      parseMs: begun.parsedAt - begun.frameAt,
      decideMs: begun.decidedAt - begun.parsedAt,
      journalMs: begun.durableAt - begun.decidedAt,
      sendMs: now - begun.durableAt,
      totalMs: now - begun.frameAt,
    });
  }
}
