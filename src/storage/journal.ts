/** The append-only journal: one writer, group commit, fsync before anything is acknowledged. */
import { type FileHandle, open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Receipt } from '../core/action.ts';
import { utcDay } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal, JournalEntry, JournalRecord } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import { StorageError } from './errors.ts';
import { decodeLine, encodeLine } from './record.ts';
import { createSegment, listSegments, readLines } from './segments.ts';
import { type JournalEnd, readJournal } from './verify.ts';

const SEGMENT_MAX_BYTES = 16 * 1024 * 1024;

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
}

export class FileJournal implements Journal {
  readonly #folder: string;
  readonly #options: JournalOptions;
  readonly #waiting: Waiting[] = [];
  #handle: FileHandle;
  #segmentBytes: number;
  #segmentDay: string;
  #seq: number;
  #checksum: string;
  #flushing: Promise<void> | null = null;
  #failure: StorageError | null = null;
  #syncs = 0;

  private constructor(
    folder: string,
    options: JournalOptions,
    end: JournalEnd,
    handle: FileHandle,
    day: string,
  ) {
    this.#folder = folder;
    this.#options = options;
    this.#handle = handle;
    this.#segmentBytes = end.validBytes;
    this.#segmentDay = day;
    this.#seq = end.lastSeq;
    this.#checksum = end.lastChecksum;
  }

  /** @throws CorruptJournalError when the middle is damaged; a torn end is cut off. */
  static async open(dataFolder: string, options: JournalOptions): Promise<FileJournal> {
    const folder = join(dataFolder, 'journal');
    let lastAt = options.clock.now();
    const end = await readJournal(folder, ({ at }) => {
      lastAt = at;
    });
    const path = end.path ?? (await createSegment(folder, 1));
    if (end.isTorn) {
      await truncate(path, end.validBytes);
      options.log.warn({ validBytes: end.validBytes }, 'torn end of the journal cut off');
    }
    const handle = await open(path, 'a');
    await handle.sync();
    return new FileJournal(folder, options, end, handle, utcDay(lastAt));
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

  async *replay(): AsyncIterable<JournalRecord> {
    for (const path of await listSegments(this.#folder)) {
      for await (const { text } of readLines(path)) {
        const line = decodeLine(text);
        if (line) yield line.record;
      }
    }
  }

  async close(): Promise<void> {
    await this.#flushing;
    this.#failure ??= new StorageError('the journal is closed');
    await this.#handle.close();
  }

  /** Writes and syncs whatever waits, again and again until nothing does. */
  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        await this.#rollOver(batch[0]?.seq ?? 0);
        const bytes = Buffer.from(batch.map(({ text }) => text).join(''), 'utf8');
        await this.#handle.appendFile(bytes);
        await this.#handle.datasync();
        this.#syncs += 1;
        this.#segmentBytes += bytes.length;
      } catch (error) {
        this.#fail(error, batch);
        break;
      }
      for (const { seq, resolve } of batch) resolve({ seq } as unknown as Receipt);
    }
    this.#flushing = null;
  }

  /** After a failed sync the kernel may call dirty pages clean: it is never tried again. */
  #fail(cause: unknown, batch: readonly Waiting[]): void {
    this.#failure = new StorageError('the journal cannot be written', { cause });
    for (const { reject } of [...batch, ...this.#waiting.splice(0)]) reject(this.#failure);
    this.#options.onFatal(this.#failure);
  }

  async #rollOver(nextSeq: number): Promise<void> {
    const today = utcDay(this.#options.clock.now());
    const isFull = this.#segmentBytes >= SEGMENT_MAX_BYTES;
    const isOld = today !== this.#segmentDay && this.#segmentBytes > 0;
    if (!isFull && !isOld) return;
    await this.#handle.close();
    this.#handle = await open(await createSegment(this.#folder, nextSeq), 'a');
    this.#segmentBytes = 0;
    this.#segmentDay = today;
  }
}
