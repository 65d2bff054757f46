/** Every request received, in a ring: what a client really sent, and what it got. */

export interface LogEntry {
  readonly seq: number;
  /** Wall time of arrival, ms. */
  readonly ms: number;
  /** `WS` for messages over a WebSocket. */
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Parsed JSON; the text itself (cut) when it was none; null without a body. */
  readonly body: unknown;
  /** Null while no reply was sent. */
  status: number | null;
  outcome: string;
  tookMs: number | null;
}

const ENTRIES_MAX = 20_000;

export class RequestLog {
  readonly #entries: LogEntry[] = [];
  #seq = 0;

  add(entry: Pick<LogEntry, 'ms' | 'method' | 'path' | 'query' | 'body'>): LogEntry {
    this.#seq += 1;
    const added = { seq: this.#seq, ...entry, status: null, outcome: 'pending', tookMs: null };
    // A ring by index: nothing is moved when the oldest goes.
    this.#entries[(this.#seq - 1) % ENTRIES_MAX] = added;
    return added;
  }

  /** Oldest first. */
  since(seq: number, path: string, limit: number): LogEntry[] {
    const split = this.#seq <= ENTRIES_MAX ? 0 : this.#seq % ENTRIES_MAX;
    const ordered = [...this.#entries.slice(split), ...this.#entries.slice(0, split)];
    return ordered.filter((one) => one.seq > seq && one.path.includes(path)).slice(-limit);
  }
}
