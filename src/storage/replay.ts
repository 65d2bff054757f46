import type { JournalRecord } from '../ports/journal.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { CorruptJournalError } from './errors.ts';
import { decodeLine } from './record.ts';
import { listSegments, readLines } from './segments.ts';

/**
 * The records from the first to `lastSeq`, streamed, as many at a time as one read brings. What is
 * appended meanwhile is left out.
 * @throws CorruptJournalError when one of them is not there any more.
 */
export async function* replayRecords(
  folder: string,
  lastSeq: number,
  disk: Disk = nodeDisk,
): AsyncGenerator<readonly JournalRecord[]> {
  let seq = 0;
  for (const path of lastSeq > 0 ? await listSegments(folder, disk) : []) {
    for await (const lines of readLines(path, disk)) {
      const records: JournalRecord[] = [];
      for (const { bytes } of lines) {
        if (seq === lastSeq) break;
        seq += 1;
        const record = decodeLine(bytes)?.record;
        if (record?.seq !== seq) throw lost(seq, path);
        records.push(record);
      }
      yield records;
      if (seq === lastSeq) return;
    }
  }
  if (lastSeq > 0) throw lost(seq + 1, folder);
}

function lost(seq: number, path: string): CorruptJournalError {
  return new CorruptJournalError(`expected record ${seq} in ${path}, found it missing or damaged`);
}
