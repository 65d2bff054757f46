/** History in daily files of JSON lines, so that the millionth record costs what the first did. */
import { join } from 'node:path';
import { z } from 'zod';
import { assert } from '../core/errors.ts';
import { utcDay } from '../core/time.ts';
import type { Logger } from '../ports/logger.ts';
import type { History, HistoryKind, HistoryRecord } from '../ports/store.ts';
import { type Disk, type DiskFile, nodeDisk } from './disk.ts';
import { isMissing } from './durable-file.ts';
import { StorageError } from './errors.ts';
import { LINE_MAX_BYTES, linesBackwards } from './lines-backwards.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_FILE = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;
const lineSchema = z.object({ at: z.number(), body: z.unknown() });

interface OpenDay {
  readonly day: string;
  readonly handle: DiskFile;
}

export class FileHistory implements History {
  readonly #folder: string;
  readonly #log: Logger;
  readonly #disk: Disk;
  readonly #open = new Map<HistoryKind, OpenDay>();
  #queue: Promise<void> = Promise.resolve();
  #skippedLines = 0;
  #isClosed = false;

  constructor(dataFolder: string, log: Logger, disk: Disk = nodeDisk) {
    this.#folder = join(dataFolder, 'history');
    this.#log = log;
    this.#disk = disk;
  }

  /** Lines found torn or foreign since the start; counted again each time they are read. */
  get skippedLines(): number {
    return this.#skippedLines;
  }

  append(kind: HistoryKind, at: number, body: unknown): Promise<void> {
    const line = `${JSON.stringify({ at, body })}\n`;
    assert(Buffer.byteLength(line) <= LINE_MAX_BYTES, `history of ${LINE_MAX_BYTES} bytes a line`);
    // Closed with the folder, which may belong to another process from then on.
    if (this.#isClosed) return Promise.reject(new StorageError('the history is closed'));
    const next = this.#queue.then(async () => {
      const { handle } = await this.#dayOf(kind, utcDay(at));
      try {
        await handle.appendFile(line);
      } catch (error) {
        // Half a line may be on disk: opening the file again ends it.
        this.#open.delete(kind);
        await handle.close();
        throw error;
      }
    });
    this.#queue = next.catch(() => undefined);
    return next;
  }

  async latest(kind: HistoryKind, limit: number): Promise<HistoryRecord[]> {
    await this.#queue;
    const found: HistoryRecord[] = [];
    for (const day of (await this.#days(kind)).reverse()) {
      if (found.length >= limit) break;
      found.push(...(await this.#readBackwards(kind, day, limit - found.length)));
    }
    return found;
  }

  async day(kind: HistoryKind, day: string): Promise<HistoryRecord[]> {
    assert(DAY.test(day), `a UTC day such as 2026-11-21, was ${JSON.stringify(day)}`);
    await this.#queue;
    return (await this.#readBackwards(kind, day, Number.POSITIVE_INFINITY)).reverse();
  }

  async sampled(
    kind: HistoryKind,
    fromMs: number,
    toMs: number,
    max: number,
  ): Promise<HistoryRecord[]> {
    assert(max > 0 && toMs >= fromMs, `a span and a number of records, was ${max}`);
    await this.#queue;
    let count = 0;
    for await (const _ of this.#linesBetween(kind, fromMs, toMs)) count += 1;
    const stride = Math.max(1, Math.ceil(count / max));
    const found: HistoryRecord[] = [];
    let index = 0;
    for await (const line of this.#linesBetween(kind, fromMs, toMs)) {
      const record = index % stride === 0 ? parseLine(kind, line) : null;
      index += 1;
      if (record) found.push(record);
    }
    return found.reverse();
  }

  /** Finishes what was appended before the call; later appends are refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queue;
    for (const { handle } of this.#open.values()) await finish(handle);
    this.#open.clear();
  }

  async #readBackwards(kind: HistoryKind, day: string, limit: number): Promise<HistoryRecord[]> {
    const found: HistoryRecord[] = [];
    let skipped = 0;
    for await (const line of this.#linesOf(kind, day)) {
      if (found.length >= limit) break;
      const record = line === '' ? null : parseLine(kind, line);
      if (record) found.push(record);
      else if (line !== '') skipped += 1;
    }
    if (skipped > 0) {
      this.#skippedLines += skipped;
      this.#log.warn({ kind, day, skipped }, 'unreadable lines of history left out');
    }
    return found;
  }

  /** Newest first. Only the time of a line is read: most are left out without being parsed. */
  async *#linesBetween(kind: HistoryKind, fromMs: number, toMs: number): AsyncGenerator<string> {
    for (const day of (await this.#days(kind)).reverse()) {
      if (day > utcDay(toMs)) continue;
      if (day < utcDay(fromMs)) return;
      for await (const line of this.#linesOf(kind, day)) {
        const at = timeOf(line);
        if (at !== null && at >= fromMs && at <= toMs) yield line;
      }
    }
  }

  #linesOf(kind: HistoryKind, day: string): AsyncGenerator<string> {
    return linesBackwards(join(this.#folder, kind, `${day}.jsonl`), this.#disk);
  }

  async #dayOf(kind: HistoryKind, day: string): Promise<OpenDay> {
    const known = this.#open.get(kind);
    if (known?.day === day) return known;
    if (known) {
      this.#open.delete(kind);
      await finish(known.handle);
    }
    const folder = join(this.#folder, kind);
    await this.#disk.makeFolder(folder);
    const handle = await this.#disk.open(join(folder, `${day}.jsonl`), 'a+');
    await endTornLine(handle);
    const opened = { day, handle };
    this.#open.set(kind, opened);
    return opened;
  }

  async #days(kind: HistoryKind): Promise<string[]> {
    const names = await this.#disk.list(join(this.#folder, kind)).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    return names.flatMap((name) => DAY_FILE.exec(name)?.[1] ?? []).sort();
  }
}

/** A day that is over is worth a sync; each single record is not, for the journal has it too. */
async function finish(handle: DiskFile): Promise<void> {
  try {
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** A crash may have left half a line; the next record must not be glued to it. */
async function endTornLine(handle: DiskFile): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  if (last[0] !== 10) await handle.appendFile('\n');
}

const AT = /^\{"at":(\d+)/;

function timeOf(line: string): number | null {
  const at = AT.exec(line)?.[1];
  return at === undefined ? null : Number(at);
}

/** Null for a torn or foreign line. */
function parseLine(kind: HistoryKind, line: string): HistoryRecord | null {
  try {
    const { at, body } = lineSchema.parse(JSON.parse(line));
    return { kind, at, body };
  } catch {
    return null;
  }
}
