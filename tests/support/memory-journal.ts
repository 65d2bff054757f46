import type { Receipt } from '../../src/core/action.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Journal, JournalEntry, JournalRecord } from '../../src/ports/journal.ts';

/**
 * A journal in memory for tests of what is written and when; bodies pass through JSON as on disk.
 */
export class MemoryJournal implements Journal {
  readonly records: JournalRecord[] = [];
  /** When set, every append fails with it. */
  failure: Error | null = null;
  /** When set, every append waits for it, as on a slow disk. */
  held: Promise<void> | null = null;

  constructor(readonly clock: Clock) {}

  async append(entry: JournalEntry): Promise<Receipt> {
    await this.held;
    if (this.failure) throw this.failure;
    const seq = this.records.length + 1;
    const body: unknown = JSON.parse(JSON.stringify(entry.body));
    this.records.push({ seq, at: this.clock.now(), type: entry.type, body });
    return { seq } as unknown as Receipt;
  }

  async *replay(): AsyncIterable<readonly JournalRecord[]> {
    yield this.records;
  }

  async close(): Promise<void> {}

  types(): string[] {
    return this.records.map((record) => record.type);
  }
}
