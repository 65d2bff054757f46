import type { JournalRecord } from '../ports/journal.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { CorruptJournalError } from './errors.ts';
import { decodeLine } from './record.ts';
import { listSegments, readLines } from './segments.ts';

/**
 * The records from the first to `lastSeq`, streamed. What is appended meanwhile is left out.
 * @throws CorruptJournalError when one of them is not there any more.
 */
export async function* replayRecords(
  folder: string,
  lastSeq: number,
  disk: Disk = nodeDisk,
): AsyncGenerator<JournalRecord> {
  let expectedSeq = 1;
  for (const path of lastSeq > 0 ? await listSegments(folder, disk) : []) {
    for await (const { text } of readLines(path, disk)) {
      const record = decodeLine(text)?.record;
      if (record?.seq !== expectedSeq) throw lost(expectedSeq, path);
      yield record;
      if (expectedSeq === lastSeq) return;
      expectedSeq += 1;
    }
  }
  if (lastSeq > 0) throw lost(expectedSeq, folder);
}

function lost(seq: number, path: string): CorruptJournalError {
  return new CorruptJournalError(`expected record ${seq} in ${path}, found it missing or damaged`);
}
