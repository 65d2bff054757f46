/** Everything on disk: one locked folder with journal, history and documents. */
import { access, chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { assert } from '../core/errors.ts';
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
import { journalFolder, listSegments } from './segments.ts';

export { CorruptJournalError, StorageError } from './errors.ts';
export { isAlive, writeHeartbeat } from './heartbeat.ts';
export { type JournalReport, verifyJournal } from './verify.ts';

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
  /** Finishes what was begun, closes the files and gives the folder free. */
  close(): Promise<void>;
}

const MARKER = 'initialised';
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @throws StorageError when the folder is in use, damaged, or its journal has vanished. */
export async function openStorage(folder: string, options: StorageOptions): Promise<Storage> {
  const { log, onFatal } = options;
  await prepareFolder(folder, log);
  let journal: FileJournal | null = null;
  const unlock = await lockFolder(folder, (cause) => {
    const failure = new StorageError('the lock of the data folder was lost', { cause });
    // Somebody else may be writing already.
    journal?.halt(failure);
    onFatal(failure);
  });
  try {
    await refuseVanishedJournal(folder);
    journal = await FileJournal.open(folder, options);
    await markInitialised(folder);
    return assemble(folder, log, journal, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

function assemble(
  folder: string,
  log: Logger,
  journal: FileJournal,
  unlock: () => Promise<void>,
): Storage {
  const history = new FileHistory(folder, log);
  const names = new Set<string>();
  const opened: { settled(): Promise<void> }[] = [];
  /** Two writers of one file would undo each other. */
  function pathOf(name: string): string {
    assert(NAME.test(name), `a name in kebab-case, was ${JSON.stringify(name)}`);
    assert(!names.has(name), `each document opened once, ${name} was opened before`);
    names.add(name);
    return join(folder, `${name}.json`);
  }
  return {
    journal,
    history,
    async openDocument(name, schema, initial) {
      const document = await openDocument(pathOf(name), schema, initial, log);
      opened.push(document);
      return document;
    },
    openCounter: async (name) => openCounter(pathOf(name), log),
    async close() {
      try {
        await Promise.all(opened.map((document) => document.settled()));
        await journal.close();
        await history.close();
      } finally {
        await unlock();
      }
    },
  };
}

/** The folder itself must be there after a power cut, with everything promised in it. */
async function prepareFolder(folder: string, log: Logger): Promise<void> {
  const created = await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  if (created !== undefined) {
    const highest = dirname(resolve(created));
    for (let parent = dirname(resolve(folder)); ; parent = dirname(parent)) {
      await syncFolder(parent);
      if (parent === highest || parent === dirname(parent)) break;
    }
  }
  await chmod(folder, FOLDER_MODE).catch((error: unknown) => {
    log.warn({ folder, error }, 'the data folder belongs to somebody else, its mode stays');
  });
}

/** A folder that was used before has a journal; without one, something deleted it. */
async function refuseVanishedJournal(folder: string): Promise<void> {
  const isUsed = await access(join(folder, MARKER)).then(
    () => true,
    () => false,
  );
  if (!isUsed) return;
  if ((await listSegments(journalFolder(folder))).length > 0) return;
  throw new StorageError(
    `the data folder ${folder} was in use but its journal is missing: restore it from a copy`,
  );
}

async function markInitialised(folder: string): Promise<void> {
  await writeFile(join(folder, MARKER), '', { mode: FILE_MODE, flag: 'a' });
  await syncFolder(folder);
}
