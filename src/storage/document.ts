/** Small documents on lowdb, with an adapter that makes each write durable. */
import { type Adapter, Low } from 'lowdb';
import type { z } from 'zod';
import { messageOf } from '../core/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Document } from '../ports/store.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { previousOf, replaceFile, unlessMissing } from './durable-file.ts';

/** lowdb's own file adapter does not sync; this one does, and keeps the last version as `.1`. */
class DurableAdapter<T> implements Adapter<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  readonly #log: Logger;
  readonly #disk: Disk;

  constructor(path: string, schema: z.ZodType<T>, log: Logger, disk: Disk) {
    this.#path = path;
    this.#schema = schema;
    this.#log = log;
    this.#disk = disk;
  }

  async read(): Promise<T | null> {
    const current = await this.#readFrom(this.#path);
    if (current !== null) return current;
    const previous = await this.#readFrom(previousOf(this.#path));
    if (previous !== null) {
      this.#log.warn(
        { path: this.#path },
        'document missing or unreadable: the one before is used',
      );
    }
    return previous;
  }

  async write(data: T): Promise<void> {
    const content = `${JSON.stringify(data, null, 2)}\n`;
    await replaceFile(this.#path, content, { keepPrevious: true, disk: this.#disk });
  }

  /** An unreadable file is moved aside, so that the next write does not push a good `.1` out. */
  async #readFrom(path: string): Promise<T | null> {
    const text = await this.#disk.readText(path).catch(unlessMissing);
    if (text === undefined) return null;
    try {
      return this.#schema.parse(JSON.parse(text));
    } catch (error) {
      const keptAs = `${path}.bad`;
      await this.#disk.rename(path, keptAs);
      // What a parser says repeats what it read, and a document may hold a secret.
      const reason = error instanceof SyntaxError ? 'no JSON' : messageOf(error);
      this.#log.warn({ path, keptAs, reason }, 'document unreadable, set aside');
      return null;
    }
  }
}

export interface FileDocument<T> extends Document<T> {
  /** Resolves when every update so far is on disk or has failed. */
  settled(): Promise<void>;
}

/** @throws the file system's error when the file is there but cannot be read. */
export async function openDocument<T>(
  path: string,
  schema: z.ZodType<T>,
  initial: T,
  log: Logger,
  disk: Disk = nodeDisk,
): Promise<FileDocument<T>> {
  const low = new Low<T>(new DurableAdapter(path, schema, log, disk), initial);
  await low.read();
  let current = low.data;
  let queue: Promise<void> = Promise.resolve();
  return {
    read: () => current,
    settled: () => queue,
    update(change) {
      const next = queue.then(async () => {
        low.data = change(current);
        await low.write();
        current = low.data;
      });
      // A failed write is its caller's to handle; the next one starts afresh.
      queue = next.catch(() => undefined);
      return next;
    },
  };
}
