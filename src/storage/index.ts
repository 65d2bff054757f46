/** Everything on disk: one locked folder with journal, history and documents. */
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import { assert, BallastError, messageOf } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Counter } from '../ports/counter.ts';
import type { DiskHealth } from '../ports/disk-health.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Document, History } from '../ports/store.ts';
import { openCounter } from './counter.ts';
import { type Disk, nodeDisk } from './disk.ts';
import { watchDisk } from './disk-watch.ts';
import { openDocument } from './document.ts';
import { StorageError } from './errors.ts';
import { FileHistory } from './history.ts';
import { FileJournal } from './journal.ts';
import { isJournalVanished, markInitialised } from './marker.ts';
import type { OnRecords } from './verify.ts';

export { dataCommand } from './commands/index.ts';
export type { Disk, DiskFile, OpenFlags } from './disk.ts';
export { CorruptJournalError, StorageError } from './errors.ts';
export { isAlive, writeHeartbeat } from './heartbeat.ts';
export { type JournalReport, verifyJournal } from './verify.ts';

export interface StorageOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** The disk failed or the lock was lost: nothing may be done any more. */
  readonly onFatal: (error: Error) => void;
  /** The machine's own file system unless a test brings another. */
  readonly disk?: Disk;
  /**
   * Told at the start what is in the journal, in order and many records at a time. It is of no
   * worth when opening fails.
   */
  readonly onRecords?: OnRecords;
}

export interface Storage {
  readonly journal: Journal;
  readonly history: History;
  readonly health: DiskHealth;
  /** `name` becomes a file name; a missing or unreadable document starts as `initial`. */
  openDocument<T>(name: string, schema: z.ZodType<T>, initial: T): Promise<Document<T>>;
  openCounter(name: string): Promise<Counter>;
  /** Finishes what was begun, closes the files and gives the folder free. */
  close(): Promise<void>;
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * @throws StorageError when the folder is in use, damaged, cannot be written, or its journal has
 * vanished.
 */
export async function openStorage(folder: string, options: StorageOptions): Promise<Storage> {
  try {
    return await open(folder, options);
  } catch (error) {
    const isOfDisk = error instanceof Error && 'code' in error && !(error instanceof BallastError);
    if (!isOfDisk) throw error;
    const message = `the data folder ${folder} cannot be used: ${messageOf(error)}`;
    throw new StorageError(message, { cause: error });
  }
}

async function open(folder: string, options: StorageOptions): Promise<Storage> {
  const { log, onFatal } = options;
  const { disk, health } = watchDisk(options.disk ?? nodeDisk, folder, options.clock);
  await prepareFolder(folder, log, disk);
  let journal: FileJournal | null = null;
  const unlock = await disk.lock(folder, (cause) => {
    const failure = new StorageError('the lock of the data folder was lost', { cause });
    // Somebody else may be writing already.
    journal?.halt(failure);
    onFatal(failure);
  });
  try {
    await refuseVanishedJournal(folder, disk);
    journal = await FileJournal.open(folder, { ...options, disk });
    await markInitialised(folder, disk);
    return assemble(folder, { log, disk, health }, journal, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

function assemble(
  folder: string,
  { log, disk, health }: { log: Logger; disk: Disk; health: DiskHealth },
  journal: FileJournal,
  unlock: () => Promise<void>,
): Storage {
  const history = new FileHistory(folder, log, disk);
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
    health,
    async openDocument(name, schema, initial) {
      const document = await openDocument(pathOf(name), schema, initial, log, disk);
      opened.push(document);
      return document;
    },
    openCounter: async (name) => openCounter(pathOf(name), log, disk),
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
async function prepareFolder(folder: string, log: Logger, disk: Disk): Promise<void> {
  const created = await disk.makeFolder(folder);
  if (created !== undefined) {
    const highest = dirname(resolve(created));
    for (let parent = dirname(resolve(folder)); ; parent = dirname(parent)) {
      await disk.syncFolder(parent);
      if (parent === highest || parent === dirname(parent)) break;
    }
  }
  await disk.restrictFolder(folder).catch((error: unknown) => {
    log.warn({ folder, error }, 'the data folder belongs to somebody else, its mode stays');
  });
}

async function refuseVanishedJournal(folder: string, disk: Disk): Promise<void> {
  if (!(await isJournalVanished(folder, disk))) return;
  throw new StorageError(
    `the data folder ${folder} was in use but its journal is missing: restore it from a copy`,
  );
}
