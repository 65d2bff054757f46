/** History in daily files of JSON lines, so that the millionth record costs what the first did. */
import { type FileHandle, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { utcDay } from '../core/time.ts';
import type { History, HistoryKind, HistoryRecord } from '../ports/store.ts';
import { FILE_MODE, FOLDER_MODE } from './durable-file.ts';

const DAY_FILE = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;
const lineSchema = z.object({ at: z.number(), body: z.unknown() });

interface OpenDay {
  readonly day: string;
  readonly handle: FileHandle;
}

export class FileHistory implements History {
  readonly #folder: string;
  readonly #open = new Map<HistoryKind, OpenDay>();
  #queue: Promise<void> = Promise.resolve();

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'history');
  }

  append(kind: HistoryKind, at: number, body: unknown): Promise<void> {
    const next = this.#queue.then(async () => {
      const { handle } = await this.#today(kind, utcDay(at));
      await handle.appendFile(`${JSON.stringify({ at, body })}\n`);
    });
    this.#queue = next.catch(() => undefined);
    return next;
  }

  async latest(kind: HistoryKind, limit: number): Promise<HistoryRecord[]> {
    await this.#queue;
    const found: HistoryRecord[] = [];
    for (const day of (await this.#days(kind)).reverse()) {
      if (found.length >= limit) break;
      const records = (await this.day(kind, day)).reverse();
      found.push(...records.slice(0, limit - found.length));
    }
    return found;
  }

  async day(kind: HistoryKind, day: string): Promise<HistoryRecord[]> {
    await this.#queue;
    const path = join(this.#folder, kind, `${day}.jsonl`);
    const text = await readFile(path, 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => parseLine(kind, line));
  }

  async close(): Promise<void> {
    await this.#queue;
    for (const { handle } of this.#open.values()) await handle.close();
    this.#open.clear();
  }

  async #today(kind: HistoryKind, day: string): Promise<OpenDay> {
    const known = this.#open.get(kind);
    if (known?.day === day) return known;
    await known?.handle.close();
    const folder = join(this.#folder, kind);
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
    const handle = await open(join(folder, `${day}.jsonl`), 'a+', FILE_MODE);
    await endTornLine(handle);
    const opened = { day, handle };
    this.#open.set(kind, opened);
    return opened;
  }

  async #days(kind: HistoryKind): Promise<string[]> {
    const names = await readdir(join(this.#folder, kind)).catch(() => []);
    return names.flatMap((name) => DAY_FILE.exec(name)?.[1] ?? []).sort();
  }
}

/** A crash may have left half a line; the next record must not be glued to it. */
async function endTornLine(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  if (size === 0) return;
  const last = Buffer.alloc(1);
  await handle.read(last, 0, 1, size - 1);
  if (last[0] !== 10) await handle.appendFile('\n');
}

/** A torn or foreign line is left out. */
function parseLine(kind: HistoryKind, line: string): HistoryRecord[] {
  if (line === '') return [];
  try {
    const { at, body } = lineSchema.parse(JSON.parse(line));
    return [{ kind, at, body }];
  } catch {
    return [];
  }
}
