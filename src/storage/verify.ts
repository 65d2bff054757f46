/**
 * Reads a journal and tells a crash from corruption. A crash tears the end: nothing valid follows
 * the first bad line. A valid line behind a bad one, a gap in the sequence or a broken chain is not
 * what a crash does.
 */
import { basename } from 'node:path';
import type { JournalRecord } from '../ports/journal.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { CorruptJournalError } from './errors.ts';
import {
  decodeHead,
  decodeLine,
  hidesRecord,
  type Line,
  type LineHead,
  NO_PREVIOUS,
} from './record.ts';
import {
  firstSeqNamedBy,
  journalFolder,
  listSegments,
  type RawLine,
  readLines,
} from './segments.ts';

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
  /** The segment read last, the damaged one if any is; null when there is none. */
  readonly path: string | null;
  /** The record that segment begins with, or the next one when it holds none. */
  readonly firstSeq: number;
  /** Bytes of that segment that are valid. */
  readonly validBytes: number;
  /** Bytes behind them: what a crash left of records that nobody was promised. */
  readonly tornBytes: number;
  readonly corruption: Corruption | null;
}

/** Told every valid record in order, many at a time; some of them before damage is found. */
export type OnRecords = (records: readonly JournalRecord[]) => void;

/**
 * Reads the whole journal of a data folder and changes nothing. What records say is read only when
 * somebody wants to be told.
 */
export async function verifyJournal(
  dataFolder: string,
  disk: Disk = nodeDisk,
  onRecords?: OnRecords,
): Promise<JournalReport> {
  const reader = new Reader(disk, onRecords);
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
  #firstSeq = 1;
  #lineNumber = 0;
  #validBytes = 0;
  #tornBytes = 0;
  /** The first line of a torn end. */
  #tornLine: number | null = null;
  /** Read and not yet told. */
  #records: JournalRecord[] = [];
  readonly #disk: Disk;
  readonly #onRecords: OnRecords | undefined;

  constructor(disk: Disk, onRecords: OnRecords | undefined) {
    this.#disk = disk;
    this.#onRecords = onRecords;
  }

  async read(path: string): Promise<void> {
    if (this.#tornLine !== null) {
      // The torn file is the damaged one and stays the one that is reported.
      this.#lineNumber = this.#tornLine;
      this.#refuse(this.#validBytes, `a torn end, and behind it the file ${basename(path)}`);
      return;
    }
    this.#path = path;
    this.#firstSeq = this.#nextSeq();
    this.#lineNumber = 0;
    this.#validBytes = 0;
    for await (const lines of readLines(path, this.#disk)) {
      for (const raw of lines) {
        this.#lineNumber += 1;
        this.#take(raw);
        if (this.corruption) return;
      }
      this.#onRecords?.(this.#records);
      this.#records = [];
    }
    // Without a torn line the file is whole, however much a running service has added meanwhile.
    const isTorn = this.#tornLine !== null;
    this.#tornBytes = isTorn ? (await this.#disk.size(path)) - this.#validBytes : 0;
    this.#refuseNameAhead(path);
  }

  report(): JournalReport {
    return {
      records: this.#last?.seq ?? 0,
      lastChecksum: this.#last?.checksum ?? NO_PREVIOUS,
      lastAt: this.#last?.at ?? null,
      path: this.#path,
      firstSeq: this.#firstSeq,
      validBytes: this.#validBytes,
      tornBytes: this.#tornBytes,
      corruption: this.corruption,
    };
  }

  #take(raw: RawLine): void {
    const decode: (bytes: Buffer) => LineHead | Line | null = this.#onRecords
      ? decodeLine
      : decodeHead;
    const line = raw.isWhole ? decode(raw.bytes) : null;
    if (line) this.#follow(line, raw);
    else if (hidesRecord(raw.bytes)) this.#refuse(raw.offset, 'a record inside a damaged line');
    else this.#tornLine ??= this.#lineNumber;
  }

  #follow(line: LineHead | Line, raw: RawLine): void {
    const expectedSeq = this.#nextSeq();
    const { seq } = line;
    if (this.#tornLine !== null) {
      this.#refuse(raw.offset, 'a valid record behind a damaged one');
    } else if (seq !== expectedSeq) {
      this.#refuse(raw.offset, `expected record ${expectedSeq}, was ${seq}`);
    } else if (line.previous !== (this.#last?.checksum ?? NO_PREVIOUS)) {
      this.#refuse(raw.offset, `record ${seq} does not follow the one before it`);
    } else {
      this.#last = line;
      if ('record' in line) this.#records.push(line.record);
      this.#validBytes = raw.offset + raw.bytes.length + 1;
    }
  }

  /** A file is begun when the records before it are on disk: here some of them are gone. */
  #refuseNameAhead(path: string): void {
    const named = firstSeqNamedBy(path);
    if (this.#validBytes > 0 || named <= this.#firstSeq) return;
    this.#lineNumber = 1;
    this.#refuse(0, `expected record ${this.#firstSeq}, the file is named for ${named}`);
  }

  #nextSeq(): number {
    return (this.#last?.seq ?? 0) + 1;
  }

  #refuse(offset: number, reason: string): void {
    const file = basename(this.#path ?? '');
    this.corruption = { file, line: this.#lineNumber, offset, reason };
  }
}
