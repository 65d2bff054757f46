/**
 * A real file system of a few megabytes, mounted where only the processes put there see it. It
 * needs Linux with user namespaces and util-linux, but no root.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const APART = ['--map-root-user', '--mount'];
const MOUNT = 'mount -t tmpfs -o "size=$1,mode=0700" tmpfs "$2"';
const BLOCK_BYTES = 4_096;

/** Why none can be mounted here; null where it can. */
export function whyNoSmallDisk(): string | null {
  const tried = spawnSync('unshare', [...APART, 'sh', '-c', MOUNT, 'sh', '64k', '/mnt']);
  if (tried.error) return tried.error.message;
  return tried.status === 0 ? null : tried.stderr.toString().trim();
}

export class SmallDisk {
  /** Where it is for processes started with `entry` in front. */
  readonly folder: string;
  /** The same folder for the test itself. */
  readonly seen: string;
  /** The beginning of a command line that runs the rest of it where the disk is. */
  readonly entry: readonly string[];
  readonly #keeper: ChildProcess;
  readonly #filler: string;

  private constructor(folder: string, keeper: ChildProcess) {
    const pid = String(keeper.pid);
    this.folder = folder;
    this.seen = join('/proc', pid, 'root', folder);
    const there = ['nsenter', '--user', '--mount', '--preserve-credentials', '--target', pid];
    this.entry = [...there, 'sh', '-c', 'cd "$0" && exec "$@"', ROOT];
    this.#keeper = keeper;
    this.#filler = join(this.seen, 'filler');
  }

  static async mount(folder: string, size: string): Promise<SmallDisk> {
    mkdirSync(folder);
    // It lives as long as somebody is in there; `cat` ends when this process does.
    const script = `${MOUNT} && echo mounted && exec cat`;
    const keeper = spawn('unshare', [...APART, 'sh', '-c', script, 'sh', size, folder]);
    await once(keeper.stdout, 'data');
    return new SmallDisk(folder, keeper);
  }

  /** Takes so many bytes away, or whatever is left. */
  fill(bytes = Number.POSITIVE_INFINITY): void {
    const block = Buffer.alloc(BLOCK_BYTES);
    const handle = openSync(this.#filler, 'a');
    try {
      for (let left = bytes; left > 0; left -= BLOCK_BYTES) writeSync(handle, block);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    } finally {
      closeSync(handle);
    }
  }

  free(): void {
    rmSync(this.#filler);
  }

  /** From here on nothing can be changed on it. @throws while a file is open for writing */
  makeReadOnly(): void {
    const command = ['mount', '-o', 'remount,ro', this.folder];
    const [file = '', ...args] = [...this.entry, ...command];
    execFileSync(file, args);
  }

  end(): void {
    this.#keeper.kill('SIGKILL');
  }
}
