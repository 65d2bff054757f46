/** The append-only journal: one writer, group commit, fsync before anything is acknowledged. */
import { join } from 'node:path';
import type { Receipt } from '../core/action.ts';
import { messageOf } from '../core/errors.ts';
import { utcDay } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal, JournalEntry, JournalRecord } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import { type Disk, type DiskFile, nodeDisk } from './disk.ts';
import { StorageError } from './errors.ts';
import { encodeLine } from './record.ts';
import { replayRecords } from './replay.ts';
import { createSegment, journalFolder, segmentName } from './segments.ts';
import { corruptJournal, type JournalReport, type OnRecords, verifyJournal } from './verify.ts';

const SEGMENT_MAX_BYTES = 16 * 1024 * 1024;
/** What is written and synced together. */
const BATCH_MAX_BYTES = 1024 * 1024;
/** More than this waiting means the disk cannot keep up: refuse rather than fill the memory. */
const WAITING_MAX = 10_000;

interface Waiting {
  readonly text: string;
  readonly seq: number;
  resolve(receipt: Receipt): void;
  reject(error: unknown): void;
}

export interface JournalOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Told once when the disk fails: the process has to end. */
  readonly onFatal: (error: Error) => void;
  /** The machine's own file system unless a test brings another. */
  readonly disk?: Disk;
  /** Told at the start what is in the journal, from the pass that checks it. */
  readonly onRecords?: OnRecords;
}

export class FileJournal implements Journal {
  readonly #folder: string;
  readonly #options: JournalOptions;
  readonly #disk: Disk;
  #waiting: Waiting[] = [];
  #handle: DiskFile;
  #segmentBytes: number;
  #segmentDay: string;
  #seq: number;
  #syncedSeq: number;
  #checksum: string;
  #flushing: Promise<void> | null = null;
  #failure: StorageError | null = null;
  #syncs = 0;

  private constructor(
    folder: string,
    options: JournalOptions,
    end: JournalReport,
    handle: DiskFile,
  ) {
    this.#folder = folder;
    this.#options = options;
    this.#disk = options.disk ?? nodeDisk;
    this.#handle = handle;
    this.#segmentBytes = end.validBytes;
    this.#segmentDay = utcDay((end.validBytes > 0 ? end.lastAt : null) ?? options.clock.now());
    this.#seq = end.records;
    this.#syncedSeq = end.records;
    this.#checksum = end.lastChecksum;
  }

  /** @throws CorruptJournalError when the middle is damaged; a torn end is cut off. */
  static async open(dataFolder: string, options: JournalOptions): Promise<FileJournal> {
    const { disk = nodeDisk, onRecords } = options;
    const folder = journalFolder(dataFolder);
    const end = await verifyJournal(dataFolder, disk, onRecords);
    if (end.corruption) throw corruptJournal(end.corruption);
    const path = await lastSegment(folder, end, disk);
    const { records, validBytes, tornBytes } = end;
    if (tornBytes > 0) {
      await disk.truncate(path, validBytes);
      options.log.warn({ records, tornBytes }, 'torn end of the journal cut off');
    }
    const handle = await openForAppending(path, disk);
    // Also what an earlier process wrote but did not live to sync is from here on promised.
    await handle.sync();
    return new FileJournal(folder, options, end, handle);
  }

  get lastSeq(): number {
    return this.#seq;
  }

  /** How often the disk was asked to sync; many appends share one. */
  get syncs(): number {
    return this.#syncs;
  }

  append(entry: JournalEntry): Promise<Receipt> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#waiting.length >= WAITING_MAX) {
      return Promise.reject(
        new StorageError(`expected at most ${WAITING_MAX} records waiting for the disk`),
      );
    }
    const record: JournalRecord = {
      seq: this.#seq + 1,
      at: this.#options.clock.now(),
      type: entry.type,
      body: entry.body,
    };
    return new Promise((resolve, reject) => {
      const { text, checksum } = encodeLine(record, this.#checksum);
      this.#seq = record.seq;
      this.#checksum = checksum;
      this.#waiting.push({ text, seq: record.seq, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  /** Every record on disk at the time of the call; memory does not grow with their number. */
  replay(): AsyncIterable<readonly JournalRecord[]> {
    return replayRecords(this.#folder, this.#syncedSeq, this.#disk);
  }

  /** From here on nothing is written any more, for instance because the lock was lost. */
  halt(reason: StorageError): void {
    this.#failure ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }

  /** Finishes what was appended before the call; later appends are refused. */
  async close(): Promise<void> {
    const pending = this.#flushing;
    this.#failure ??= new StorageError('the journal is closed');
    await pending;
    await this.#handle.close();
  }

  /**
   * Writes and syncs whatever waits, again and again until nothing does. The first write begins in
   * the caller's own turn: the disk is at work while the rest of that turn is still done.
   */
  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      try {
        if (this.#isSegmentOver()) await this.#rollOver(batch[0]?.seq ?? 0);
        const bytes = Buffer.from(batch.map(({ text }) => text).join(''), 'utf8');
        await this.#handle.appendFile(bytes);
        this.#syncs += 1;
        this.#segmentBytes += bytes.length;
      } catch (error) {
        this.#fail(error, batch);
        break;
      }
      this.#syncedSeq = batch.at(-1)?.seq ?? this.#syncedSeq;
      for (const { seq, resolve } of batch) resolve({ seq } as unknown as Receipt);
    }
    this.#flushing = null;
  }

  #nextBatch(): Waiting[] {
    let bytes = 0;
    const end = this.#waiting.findIndex(({ text }) => {
      bytes += text.length;
      return bytes > BATCH_MAX_BYTES;
    });
    if (end > 0) return this.#waiting.splice(0, end);
    const all = this.#waiting;
    this.#waiting = [];
    return all;
  }

  /** After a failed sync the kernel may call dirty pages clean: it is never tried again. */
  #fail(cause: unknown, batch: readonly Waiting[]): void {
    const message = `the journal cannot be written: ${messageOf(cause)}`;
    const failure = new StorageError(message, { cause });
    for (const { reject } of batch) reject(failure);
    this.halt(failure);
    this.#options.onFatal(failure);
  }

  #isSegmentOver(): boolean {
    const isFull = this.#segmentBytes >= SEGMENT_MAX_BYTES;
    return isFull || (this.#segmentBytes > 0 && this.#today() !== this.#segmentDay);
  }

  async #rollOver(nextSeq: number): Promise<void> {
    await this.#handle.close();
    const path = await createSegment(this.#folder, nextSeq, this.#disk);
    this.#handle = await openForAppending(path, this.#disk);
    this.#segmentBytes = 0;
    this.#segmentDay = this.#today();
  }

  #today(): string {
    return utcDay(this.#options.clock.now());
  }
}

/**
 * The segment to go on with. Its name has to be that of its first record: with a later one, which
 * earlier repairs could leave, the next segment would be read before it.
 */
async function lastSegment(folder: string, end: JournalReport, disk: Disk): Promise<string> {
  if (end.path === null) return createSegment(folder, 1, disk);
  const path = join(folder, segmentName(end.firstSeq));
  if (path === end.path) return path;
  await disk.rename(end.path, path);
  await disk.syncFolder(folder);
  return path;
}

/** Every append survives a power cut once it has returned. */
function openForAppending(path: string, disk: Disk): Promise<DiskFile> {
  return disk.open(path, 'as');
}
