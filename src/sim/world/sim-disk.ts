/**
 * A disk that keeps its promises and no more: what was not synced may be gone, cut short, turned
 * into zeros or into noise after a power cut; names that were not synced may be the old ones.
 */
import { dirname } from 'node:path';
import { BallastError } from '../../core/errors.ts';
import type { Disk, DiskFile, OpenFlags } from '../../storage/index.ts';
import type { Prng } from '../market/index.ts';
import type { SimProcess } from './sim-process.ts';
import type { VirtualTime } from './virtual-time.ts';

/** An error as node words it. */
export class DiskError extends BallastError {
  constructor(readonly code: string) {
    super(`${code}: simulated disk`);
  }
}

interface Inode {
  bytes: Buffer;
  length: number;
  syncedLength: number;
}

interface NameChange {
  readonly folder: string;
  readonly apply: (names: Map<string, Inode>) => void;
}

export type DiskOperation = 'append' | 'sync' | 'rename' | 'sync_folder';

export interface DiskWatch {
  /** These bytes of a file will be there after any power cut. */
  readonly onDurable: (path: string, bytes: Buffer) => void;
  /** Before an operation begins; whoever is told may kill the process. */
  readonly onOperation: (operation: DiskOperation, path: string) => void;
}

/** What is wrong with the disk right now. */
export interface DiskTrouble {
  /** The next so many syncs fail. */
  failSyncs: number;
  isFull: boolean;
  /** Less room is left than is kept free. */
  isLow: boolean;
  /** Each operation takes so much longer. */
  slowMs: number;
}

const LOCKED_MS = 10_000;
/** What the service is told to keep free. */
export const MIN_FREE_BYTES = 64 * 2 ** 20;

export class SimDisk {
  readonly trouble: DiskTrouble = { failSyncs: 0, isFull: false, isLow: false, slowMs: 0 };
  readonly #time: VirtualTime;
  readonly #random: Prng;
  readonly #watch: DiskWatch;
  readonly #folders = new Set<string>();
  #names = new Map<string, Inode>();
  #durableNames = new Map<string, Inode>();
  #pending: NameChange[] = [];
  #holder: SimProcess | null = null;
  #cuts = 0;

  constructor(time: VirtualTime, random: Prng, watch: DiskWatch) {
    this.#time = time;
    this.#random = random;
    this.#watch = watch;
  }

  /** What a file holds now; null when there is none. */
  contentOf(path: string): Buffer | null {
    const inode = this.#names.get(path);
    return inode ? Buffer.from(inode.bytes.subarray(0, inode.length)) : null;
  }

  paths(): string[] {
    return [...this.#names.keys()].sort();
  }

  /** Puts a file there, durably: for damage by other hands. */
  plant(path: string, content: Buffer | null): void {
    if (content === null) {
      this.#names.delete(path);
      this.#durableNames.delete(path);
      return;
    }
    const { length } = content;
    const inode = { bytes: Buffer.from(content), length, syncedLength: length };
    this.#names.set(path, inode);
    this.#durableNames.set(path, inode);
  }

  /** All that was not synced meets its fate. Kill the process before. */
  powerCut(): void {
    this.#cuts += 1;
    const kept = Math.floor(this.#random.next() * (this.#pending.length + 1));
    for (const { apply } of this.#pending.slice(0, kept)) apply(this.#durableNames);
    this.#pending = [];
    this.#names = new Map(this.#durableNames);
    for (const inode of new Set(this.#names.values())) this.#loseTail(inode);
  }

  /** The disk as one process sees it. */
  attach(process: SimProcess): Disk {
    return {
      open: (path, flags) => this.#reply(process, () => this.#open(process, path, flags)),
      readText: (path) => this.#reply(process, () => textOf(this.#inode(path))),
      exists: (path) => this.#reply(process, () => this.#names.has(path)),
      size: (path) => this.#reply(process, () => this.#inode(path).length),
      rename: (from, to) => this.#reply(process, () => this.#rename(process, from, to)),
      remove: (path) => this.#reply(process, () => this.#remove(path)),
      truncate: (path, bytes) => this.#reply(process, () => this.#truncate(path, bytes)),
      makeFolder: (path) => this.#reply(process, () => this.#makeFolder(path)),
      list: (path) => this.#reply(process, () => this.#list(path)),
      syncFolder: (path) => this.#syncFolder(process, path),
      restrictFolder: () => this.#reply(process, () => undefined),
      // Asked every other second: known without a wait.
      freeBytes: () => Promise.resolve(this.#roomBytes()),
      lock: (folder) => this.#lock(process, folder),
    };
  }

  #roomBytes(): number {
    if (this.trouble.isFull) return 0;
    return this.trouble.isLow ? MIN_FREE_BYTES / 2 : 100 * MIN_FREE_BYTES;
  }

  #latencyMs(): number {
    return 0.05 + 0.4 * this.#random.next() + this.trouble.slowMs;
  }

  /** Happens at once, is answered a moment later. */
  #reply<T>(process: SimProcess, act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!process.isAlive) return;
      try {
        const value = act();
        process.defer(this.#latencyMs(), () => resolve(value));
      } catch (error) {
        process.defer(this.#latencyMs(), () => reject(error));
      }
    });
  }

  #open(process: SimProcess, path: string, flags: OpenFlags): DiskFile {
    const known = this.#names.get(path);
    if (flags === 'r' && !known) throw new DiskError('ENOENT');
    if (flags === 'ax' && known) throw new DiskError('EEXIST');
    const inode = known && flags !== 'w' ? known : this.#create(path);
    let position = 0;
    return {
      appendFile: async (data) => {
        await this.#write(process, path, inode, data);
        if (flags === 'as') await this.#sync(process, path, inode);
      },
      writeFile: (data) => this.#write(process, path, inode, data),
      sync: () => this.#sync(process, path, inode),
      datasync: () => this.#sync(process, path, inode),
      read: (buffer, offset, length, at) =>
        this.#reply(process, () => {
          const from = at ?? position;
          const to = Math.min(inode.length, from + length);
          const bytesRead = Math.max(0, to - from);
          inode.bytes.copy(buffer, offset, from, from + bytesRead);
          if (at === null) position = from + bytesRead;
          return { bytesRead };
        }),
      stat: () => this.#reply(process, () => ({ size: inode.length })),
      close: () => this.#reply(process, () => undefined),
    };
  }

  #write(
    process: SimProcess,
    path: string,
    inode: Inode,
    data: string | Uint8Array,
  ): Promise<void> {
    this.#watch.onOperation('append', path);
    return this.#reply(process, () => this.#append(inode, Buffer.from(data)));
  }

  #create(path: string): Inode {
    if (this.trouble.isFull) throw new DiskError('ENOSPC');
    const inode: Inode = { bytes: Buffer.alloc(512), length: 0, syncedLength: 0 };
    this.#change(dirname(path), (names) => names.set(path, inode));
    return inode;
  }

  /** A full disk takes a part of the bytes and refuses the rest. */
  #append(inode: Inode, data: Buffer): void {
    const { isFull } = this.trouble;
    const part = isFull ? data.subarray(0, Math.floor(this.#random.next() * data.length)) : data;
    const needed = inode.length + part.length;
    if (needed > inode.bytes.length) {
      const larger = Buffer.alloc(2 * needed);
      inode.bytes.copy(larger, 0, 0, inode.length);
      inode.bytes = larger;
    }
    part.copy(inode.bytes, inode.length);
    inode.length = needed;
    if (isFull) throw new DiskError('ENOSPC');
  }

  #sync(process: SimProcess, path: string, inode: Inode): Promise<void> {
    this.#watch.onOperation('sync', path);
    return new Promise((resolve, reject) => {
      if (!process.isAlive) return;
      const { length } = inode;
      const cuts = this.#cuts;
      const latencyMs = 2 * this.#latencyMs();
      if (this.trouble.failSyncs > 0) {
        this.trouble.failSyncs -= 1;
        process.defer(latencyMs, () => reject(new DiskError('EIO')));
        return;
      }
      this.#time.after(latencyMs, () => {
        // What power took in between was never promised.
        if (cuts === this.#cuts) this.#becomeDurable(path, inode, length);
      });
      process.defer(latencyMs, resolve);
    });
  }

  #becomeDurable(path: string, inode: Inode, length: number): void {
    const from = inode.syncedLength;
    const to = Math.min(length, inode.length);
    if (to <= from) return;
    inode.syncedLength = to;
    this.#watch.onDurable(path, inode.bytes.subarray(from, to));
  }

  #rename(process: SimProcess, from: string, to: string): void {
    this.#watch.onOperation('rename', to);
    if (!process.isAlive) return;
    const inode = this.#inode(from);
    this.#change(dirname(to), (names) => {
      names.delete(from);
      names.set(to, inode);
    });
  }

  #remove(path: string): void {
    if (this.#names.has(path)) this.#change(dirname(path), (names) => names.delete(path));
  }

  #truncate(path: string, bytes: number): void {
    const inode = this.#inode(path);
    inode.length = Math.min(inode.length, bytes);
    inode.syncedLength = Math.min(inode.syncedLength, bytes);
  }

  #makeFolder(path: string): string | undefined {
    if (this.#folders.has(path)) return undefined;
    const above = dirname(path) === path ? undefined : this.#makeFolder(dirname(path));
    this.#folders.add(path);
    return above ?? path;
  }

  #list(path: string): string[] {
    if (!this.#folders.has(path)) throw new DiskError('ENOENT');
    const below = [...this.#names.keys()].filter((name) => dirname(name) === path);
    return below.map((name) => name.slice(path.length + 1));
  }

  #syncFolder(process: SimProcess, path: string): Promise<void> {
    this.#watch.onOperation('sync_folder', path);
    return new Promise((resolve) => {
      if (!process.isAlive) return;
      const due = this.#pending.filter(({ folder }) => folder === path);
      const latencyMs = this.#latencyMs();
      this.#time.after(latencyMs, () => {
        const kept = due.filter((change) => this.#pending.includes(change));
        for (const { apply } of kept) apply(this.#durableNames);
        this.#pending = this.#pending.filter((change) => !kept.includes(change));
      });
      process.defer(latencyMs, resolve);
    });
  }

  /** A lock outlives its dead holder until it counts as stale. */
  #lock(process: SimProcess, folder: string): Promise<() => Promise<void>> {
    return new Promise((resolve, reject) => {
      const holder = this.#holder;
      if (holder?.isAlive) {
        const used = new BallastError(`the data folder ${folder} is used by another process`);
        process.defer(LOCKED_MS, () => reject(used));
        return;
      }
      process.defer(holder ? LOCKED_MS : this.#latencyMs(), () => {
        this.#holder = process;
        resolve(() =>
          this.#reply(process, () => {
            this.#holder = null;
          }),
        );
      });
    });
  }

  #change(folder: string, apply: NameChange['apply']): void {
    apply(this.#names);
    this.#pending.push({ folder, apply });
  }

  #inode(path: string): Inode {
    const inode = this.#names.get(path);
    if (!inode) throw new DiskError('ENOENT');
    return inode;
  }

  #loseTail(inode: Inode): void {
    const { syncedLength, length, bytes } = inode;
    if (length === syncedLength) return;
    const draw = this.#random.next();
    const cut = syncedLength + Math.floor(this.#random.next() * (length - syncedLength + 1));
    if (draw < 0.3) inode.length = syncedLength;
    else if (draw < 0.6) inode.length = cut;
    else if (draw < 0.75) bytes.fill(0, cut, length);
    else if (draw < 0.9) {
      for (let i = cut; i < length; i += 1) bytes[i] = Math.floor(this.#random.next() * 256);
    }
  }
}

function textOf({ bytes, length }: Inode): string {
  return bytes.toString('utf8', 0, length);
}
