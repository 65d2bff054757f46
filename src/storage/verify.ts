/**
 * Reads a journal and tells a crash from corruption. A crash tears the end: nothing valid follows
 * the first bad line. A valid line behind a bad one, a gap in the sequence or a broken chain is not
 * what a crash does.
 */
import { basename } from 'node:path';
import type { JournalRecord } from '../ports/journal.ts';
import { CorruptJournalError } from './errors.ts';
import { decodeLine, NO_PREVIOUS } from './record.ts';
import { listSegments, readLines } from './segments.ts';

/** Where the journal's valid part ends. */
export interface JournalEnd {
  readonly records: number;
  readonly lastSeq: number;
  readonly lastChecksum: string;
  /** The last segment, null when there is none. */
  readonly path: string | null;
  /** Bytes of the last segment that are valid; what is behind them is torn. */
  readonly validBytes: number;
  readonly isTorn: boolean;
}

/**
 * Visits every record in order and returns where the journal ends.
 * @throws CorruptJournalError naming file and place.
 */
export async function readJournal(
  folder: string,
  visit: (record: JournalRecord) => void = () => undefined,
): Promise<JournalEnd> {
  let end: JournalEnd = {
    records: 0,
    lastSeq: 0,
    lastChecksum: NO_PREVIOUS,
    path: null,
    validBytes: 0,
    isTorn: false,
  };
  for (const path of await listSegments(folder)) {
    if (end.isTorn) throw corrupt(path, 0, 'a file behind a torn one');
    end = { ...end, path, validBytes: 0 };
    for await (const { text, offset, isWhole } of readLines(path)) {
      const line = isWhole ? decodeLine(text) : null;
      if (!line) {
        end = { ...end, isTorn: true };
        continue;
      }
      if (end.isTorn) throw corrupt(path, offset, 'a valid record behind a damaged one');
      if (line.record.seq !== end.lastSeq + 1) {
        const wanted = end.lastSeq + 1;
        throw corrupt(path, offset, `expected record ${wanted}, was ${line.record.seq}`);
      }
      if (line.previous !== end.lastChecksum) {
        throw corrupt(path, offset, `record ${line.record.seq} does not follow the one before it`);
      }
      visit(line.record);
      end = {
        ...end,
        records: end.records + 1,
        lastSeq: line.record.seq,
        lastChecksum: line.checksum,
        validBytes: offset + Buffer.byteLength(text) + 1,
      };
    }
  }
  return end;
}

function corrupt(path: string, offset: number, what: string): CorruptJournalError {
  return new CorruptJournalError(
    `the journal is damaged in ${basename(path)} at byte ${offset}: ${what}. ` +
      'Keep the data folder as it is and restore it from a copy.',
  );
}
