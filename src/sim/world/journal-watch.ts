/**
 * Reads the journal where it counts: from the bytes that a power cut can no longer take. It shares
 * no code with what wrote them.
 */
import { z } from 'zod';
import type { Report } from './report.ts';

const recordSchema = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.string(),
  prev: z.string(),
  body: z.unknown(),
});

export interface DurableRecord {
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly body: unknown;
}

const CHECKSUM_LENGTH = 8;

export class JournalWatch {
  readonly #report: Report;
  readonly #onRecord: (record: DurableRecord) => void;
  #lastSeq = 0;
  #lastChecksum = '00000000';

  constructor(report: Report, onRecord: (record: DurableRecord) => void) {
    this.#report = report;
    this.#onRecord = onRecord;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  onDurable(path: string, bytes: Buffer): void {
    if (!path.includes('/journal/')) return;
    for (const line of bytes.toString('utf8').split('\n')) if (line !== '') this.#line(line);
  }

  #line(line: string): void {
    const checksum = line.slice(0, CHECKSUM_LENGTH);
    let record: z.infer<typeof recordSchema>;
    try {
      record = recordSchema.parse(JSON.parse(line.slice(CHECKSUM_LENGTH + 1)));
    } catch {
      this.#report.violation('journal', `a line on disk that is no record: ${line.slice(0, 80)}`);
      return;
    }
    if (record.seq !== this.#lastSeq + 1 || record.prev !== this.#lastChecksum) {
      const was = `record ${record.seq} after ${this.#lastSeq}`;
      this.#report.violation('journal', `what was durable is no longer what follows: ${was}`);
    }
    this.#lastSeq = record.seq;
    this.#lastChecksum = checksum;
    this.#report.event(`journal ${checksum}`);
    this.#onRecord(record);
  }
}
