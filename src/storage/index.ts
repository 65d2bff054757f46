/** Everything on disk: one locked folder with journal, history and documents. */
import { access, chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { Counter } from '../ports/counter.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Document, History } from '../ports/store.ts';
import { openCounter } from './counter.ts';
import { openDocument } from './document.ts';
import { FILE_MODE, FOLDER_MODE, syncFolder } from './durable-file.ts';
import { StorageError } from './errors.ts';
import { FileHistory } from './history.ts';
import { FileJournal } from './journal.ts';
import { lockFolder } from './lock.ts';
import { listSegments } from './segments.ts';

export { CorruptJournalError, StorageError } from './errors.ts';
export { isAlive, writeHeartbeat } from './heartbeat.ts';

export interface StorageOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** The disk failed or the lock was lost: nothing may be done any more. */
  readonly onFatal: (error: Error) => void;
}

export interface Storage {
  readonly journal: Journal;
  readonly history: History;
  /** `name` becomes a file name; a missing or unreadable document starts as `initial`. */
  openDocument<T>(name: string, schema: z.ZodType<T>, initial: T): Promise<Document<T>>;
  openCounter(name: string): Promise<Counter>;
  close(): Promise<void>;
}

const MARKER = 'initialised';

/** @throws StorageError when the folder is in use, damaged, or its journal has vanished. */
export async function openStorage(folder: string, options: StorageOptions): Promise<Storage> {
  const { log, onFatal } = options;
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  await chmod(folder, FOLDER_MODE);
  const unlock = await lockFolder(folder, (cause) => {
    onFatal(new StorageError('the lock of the data folder was lost', { cause }));
  });
  try {
    await refuseVanishedJournal(folder);
    const journal = await FileJournal.open(folder, options);
    await markInitialised(folder);
    const history = new FileHistory(folder);
    return {
      journal,
      history,
      openDocument: (name, schema, initial) =>
        openDocument(join(folder, `${name}.json`), schema, initial, log),
      openCounter: (name) => openCounter(join(folder, `${name}.json`), log),
      async close() {
        await journal.close();
        await history.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** A folder that was used before has a journal; without one, something deleted it. */
async function refuseVanishedJournal(folder: string): Promise<void> {
  const isUsed = await access(join(folder, MARKER)).then(
    () => true,
    () => false,
  );
  if (!isUsed) return;
  if ((await listSegments(join(folder, 'journal'))).length > 0) return;
  throw new StorageError(
    `the data folder ${folder} was in use but its journal is missing: restore it from a copy`,
  );
}

async function markInitialised(folder: string): Promise<void> {
  await writeFile(join(folder, MARKER), '', { mode: FILE_MODE, flag: 'a' });
  await syncFolder(folder);
}
