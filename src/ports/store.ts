/**
 * A small durable document (temp file, fsync, rename, fsync folder). A projection, never the
 * authority: whatever it holds can be rebuilt from the journal or asked for again.
 */
export interface Document<T> {
  read(): T;
  /** Resolves when the new value is on disk. Calls are applied in order. */
  update(change: (current: T) => T): Promise<void>;
}

export type HistoryKind =
  | 'adjustments'
  | 'liquidations'
  | 'snapshots'
  | 'errors'
  | 'settings'
  | 'audit'
  | 'days';

export interface HistoryRecord<T = unknown> {
  readonly at: number;
  readonly kind: HistoryKind;
  readonly body: T;
}

/** Daily segments of JSON lines: appending the millionth record costs what the first did. */
export interface History {
  append(kind: HistoryKind, at: number, body: unknown): Promise<void>;
  /** Newest first, at most `limit`. Torn last lines are skipped. */
  latest(kind: HistoryKind, limit: number): Promise<HistoryRecord[]>;
  /**
   * Records between two moments, oldest first, thinned evenly to at most `max`, so that a week of
   * snapshots costs no more memory than an hour of them.
   */
  sampled(kind: HistoryKind, fromMs: number, toMs: number, max: number): Promise<HistoryRecord[]>;
  /** All records of one UTC day (`2026-11-21`), oldest first. */
  day(kind: HistoryKind, utcDay: string): Promise<HistoryRecord[]>;
}
