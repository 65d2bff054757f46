/**
 * What storage asks of a disk, so that a simulation can bring one that loses power. The real one is
 * node's file system; everything above it is the same code in both.
 */
import { constants, type Stats } from 'node:fs';
import {
  access,
  chmod,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  statfs,
  truncate,
} from 'node:fs/promises';
import { assert } from '../core/errors.ts';
import { lockFolder } from './lock.ts';

export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** A file that is open. Node's `FileHandle` is one. */
export interface DiskFile {
  /** Writes every byte at the end, or throws; some of them may then be there. */
  appendFile(data: string | Uint8Array): Promise<void>;
  /** Writes every byte, or throws; some of them may then be there. */
  writeFile(data: string, encoding: 'utf8'): Promise<void>;
  /** After this the file's content survives a power cut. A failure is final: never ask again. */
  sync(): Promise<void>;
  /** Like `sync`, without the file's times. */
  datasync(): Promise<void>;
  /** `position` null reads on from the last read. */
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number | null,
  ): Promise<{ readonly bytesRead: number }>;
  stat(): Promise<Pick<Stats, 'size'>>;
  close(): Promise<void>;
}

/** `as`: `appendFile` returns only when what it wrote survives a power cut. */
export type OpenFlags = 'r' | 'w' | 'a' | 'ax' | 'a+' | 'as';

/** Errors are node's own, with their `code`. */
export interface Disk {
  /** Files are created with mode 0600. */
  open(path: string, flags: OpenFlags): Promise<DiskFile>;
  readText(path: string): Promise<string>;
  exists(path: string): Promise<boolean>;
  size(path: string): Promise<number>;
  rename(from: string, to: string): Promise<void>;
  /** A path that is not there is no error. */
  remove(path: string): Promise<void>;
  /** Cuts a file off; never makes it longer. */
  truncate(path: string, bytes: number): Promise<void>;
  /** With its parents, mode 0700. Returns the topmost one created, undefined when none was. */
  makeFolder(path: string): Promise<string | undefined>;
  list(path: string): Promise<string[]>;
  /** Makes creations, renames and removals in a folder survive a power cut. */
  syncFolder(path: string): Promise<void>;
  restrictFolder(path: string): Promise<void>;
  /** What may still be written in a folder, in bytes. */
  freeBytes(path: string): Promise<number>;
  /** One process per folder. @throws StorageError when another one keeps it. */
  lock(folder: string, onLost: (error: Error) => void): Promise<() => Promise<void>>;
}

/**
 * Written and synced by one call of the system, which halves the turns an append has to wait for.
 * Only Linux carries such a write through the drive's cache; elsewhere a sync of its own follows.
 */
async function openSynced(path: string): Promise<DiskFile> {
  const { O_APPEND, O_CREAT, O_WRONLY, O_DSYNC } = constants;
  if (process.platform === 'linux') {
    return open(path, O_APPEND | O_CREAT | O_WRONLY | O_DSYNC, FILE_MODE);
  }
  const file = await open(path, 'a', FILE_MODE);
  return {
    async appendFile(data) {
      await file.appendFile(data);
      await file.datasync();
    },
    writeFile: (data, encoding) => file.writeFile(data, encoding),
    sync: () => file.sync(),
    datasync: () => file.datasync(),
    read: (...where) => file.read(...where),
    stat: () => file.stat(),
    close: () => file.close(),
  };
}

export const nodeDisk: Disk = {
  open: (path, flags) => (flags === 'as' ? openSynced(path) : open(path, flags, FILE_MODE)),
  readText: (path) => readFile(path, 'utf8'),
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  size: async (path) => (await stat(path)).size,
  rename,
  remove: (path) => rm(path, { force: true }),
  async truncate(path, bytes) {
    const { size } = await stat(path);
    assert(bytes <= size, `at most the ${size} bytes of ${path} kept, was ${bytes}`);
    await truncate(path, bytes);
  },
  makeFolder: (path) => mkdir(path, { recursive: true, mode: FOLDER_MODE }),
  list: (path) => readdir(path),
  async syncFolder(path) {
    const handle = await open(path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  restrictFolder: (path) => chmod(path, FOLDER_MODE),
  async freeBytes(path) {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  },
  lock: lockFolder,
};
