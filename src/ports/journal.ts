import type { Receipt } from '../core/action.ts';

/** What a record says; the journal adds sequence, time and checksums. `body` is plain JSON. */
export interface JournalEntry {
  readonly type: string;
  readonly body: unknown;
}

export interface JournalRecord extends JournalEntry {
  readonly seq: number;
  readonly at: number;
}

/**
 * The append-only authority for intents, outcomes, approvals and settings.
 * `append` begins to write at once and resolves only after the sync; what is appended while a sync
 * is under way shares the next one (group commit).
 * Any write or sync error is final: every later append rejects and the process must stop.
 */
export interface Journal {
  append(entry: JournalEntry): Promise<Receipt>;
  /** Every record in order, from the first, as many at a time as the disk brings. */
  replay(): AsyncIterable<readonly JournalRecord[]>;
  close(): Promise<void>;
}
