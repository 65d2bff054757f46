/** Small documents on lowdb, with an adapter that makes each write durable. */
import { copyFile, readFile } from 'node:fs/promises';
import { type Adapter, Low } from 'lowdb';
import type { z } from 'zod';
import { messageOf } from '../core/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Document } from '../ports/store.ts';
import { replaceFile } from './durable-file.ts';

/** lowdb's own file adapter does not sync; this one does, and keeps the last version as `.1`. */
class DurableAdapter<T> implements Adapter<T> {
  readonly #path: string;
  readonly #schema: z.ZodType<T>;
  readonly #log: Logger;

  constructor(path: string, schema: z.ZodType<T>, log: Logger) {
    this.#path = path;
    this.#schema = schema;
    this.#log = log;
  }

  async read(): Promise<T | null> {
    return (await this.#readFrom(this.#path)) ?? (await this.#readFrom(`${this.#path}.1`));
  }

  async write(data: T): Promise<void> {
    await copyFile(this.#path, `${this.#path}.1`).catch(ignoreMissing);
    await replaceFile(this.#path, `${JSON.stringify(data, null, 2)}\n`);
  }

  async #readFrom(path: string): Promise<T | null> {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      ignoreMissing(error);
      return null;
    }
    try {
      return this.#schema.parse(JSON.parse(text));
    } catch (error) {
      this.#log.warn({ path, cause: messageOf(error) }, 'document unreadable, set aside');
      return null;
    }
  }
}

/** @throws the file system's error when the file is there but cannot be read. */
export async function openDocument<T>(
  path: string,
  schema: z.ZodType<T>,
  initial: T,
  log: Logger,
): Promise<Document<T>> {
  const low = new Low<T>(new DurableAdapter(path, schema, log), initial);
  await low.read();
  let queue: Promise<void> = Promise.resolve();
  return {
    read: () => low.data,
    update(change) {
      const next = queue.then(async () => {
        const before = low.data;
        low.data = change(before);
        try {
          await low.write();
        } catch (error) {
          low.data = before;
          throw error;
        }
      });
      // A failed write is its caller's to handle; the next one starts afresh.
      queue = next.catch(() => undefined);
      return next;
    },
  };
}

function ignoreMissing(error: unknown): void {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (!isMissing) throw error;
}
