/**
 * Reads a journal and tells a crash from corruption. A crash tears the end: nothing valid follows
 * the first bad line. A valid line behind a bad one, a gap in the sequence or a broken chain is not
 * what a crash does.
 */
import { basename } from 'node:path';
import { type Disk, nodeDisk } from './disk.ts';
import { CorruptJournalError } from './errors.ts';
import { decodeHead, hidesRecord, type LineHead, NO_PREVIOUS } from './record.ts';
import { journalFolder, listSegments, type RawLine, readLines } from './segments.ts';

/** The first thing in a journal that no crash explains. */
export interface Corruption {
  readonly file: string;
  /** Counted from 1 within the file. */
  readonly line: number;
  readonly offset: number;
  readonly reason: string;
}

export interface JournalReport {
  /** Valid ones, from the first; also the last sequence number, for there are no gaps. */
  readonly records: number;
  readonly lastChecksum: string;
  /** Wall time of the last record; null when there is none. */
  readonly lastAt: number | null;
  /** The segment read last, null when there is none. */
  readonly path: string | null;
  /** Bytes of that segment that are valid. */
  readonly validBytes: number;
  /** Bytes behind them: what a crash left of records that nobody was promised. */
  readonly tornBytes: number;
  readonly corruption: Corruption | null;
}

/** Reads the whole journal of a data folder and changes nothing. */
export async function verifyJournal(
  dataFolder: string,
  disk: Disk = nodeDisk,
): Promise<JournalReport> {
  const reader = new Reader(disk);
  for (const path of await listSegments(journalFolder(dataFolder), disk)) {
    await reader.read(path);
    if (reader.corruption) break;
  }
  return reader.report();
}

export function corruptJournal({ file, line, offset, reason }: Corruption): CorruptJournalError {
  return new CorruptJournalError(
    `the journal is damaged in ${file}, line ${line} at byte ${offset}: ${reason}. ` +
      'Keep the data folder as it is and restore it from a copy.',
  );
}

/** Carries the chain from line to line and from file to file. */
class Reader {
  corruption: Corruption | null = null;
  #last: LineHead | null = null;
  #path: string | null = null;
  #lineNumber = 0;
  #validBytes = 0;
  #tornBytes = 0;
  #isTorn = false;
  readonly #disk: Disk;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  async read(path: string): Promise<void> {
    const tornBefore = this.#path;
    this.#path = path;
    this.#lineNumber = 0;
    if (this.#tornBytes > 0) {
      this.#refuse(0, `the file before it, ${basename(tornBefore ?? '')}, has a torn end`);
      return;
    }
    this.#validBytes = 0;
    this.#isTorn = false;
    for await (const lines of readLines(path, this.#disk)) {
      for (const raw of lines) {
        this.#lineNumber += 1;
        this.#take(raw);
        if (this.corruption) return;
      }
    }
    this.#tornBytes = (await this.#disk.size(path)) - this.#validBytes;
  }

  report(): JournalReport {
    return {
      records: this.#last?.seq ?? 0,
      lastChecksum: this.#last?.checksum ?? NO_PREVIOUS,
      lastAt: this.#last?.at ?? null,
      path: this.#path,
      validBytes: this.#validBytes,
      tornBytes: this.#tornBytes,
      corruption: this.corruption,
    };
  }

  #take(raw: RawLine): void {
    const head = raw.isWhole ? decodeHead(raw.bytes) : null;
    if (head) this.#follow(head, raw);
    else if (hidesRecord(raw.bytes)) this.#refuse(raw.offset, 'a record inside a damaged line');
    else this.#isTorn = true;
  }

  #follow(head: LineHead, raw: RawLine): void {
    const expectedSeq = (this.#last?.seq ?? 0) + 1;
    const { seq } = head;
    if (this.#isTorn) {
      this.#refuse(raw.offset, 'a valid record behind a damaged one');
    } else if (seq !== expectedSeq) {
      this.#refuse(raw.offset, `expected record ${expectedSeq}, was ${seq}`);
    } else if (head.previous !== (this.#last?.checksum ?? NO_PREVIOUS)) {
      this.#refuse(raw.offset, `record ${seq} does not follow the one before it`);
    } else {
      this.#last = head;
      this.#validBytes = raw.offset + raw.bytes.length + 1;
    }
  }

  #refuse(offset: number, reason: string): void {
    const file = basename(this.#path ?? '');
    this.corruption = { file, line: this.#lineNumber, offset, reason };
  }
}
