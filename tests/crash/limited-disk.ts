/** The machine's own disk with a quota, or one that takes no writes at all. */
import { type Disk, type DiskFile, nodeDisk } from '../../src/storage/disk.ts';

export interface LimitedDisk {
  readonly disk: Disk;
  /** Bytes that still fit. */
  leftBytes: number;
}

function failure(code: string, text: string): Error {
  return Object.assign(new Error(`${code}: ${text}`), { code });
}

/** Writes what fits and then fails, as a file system does. */
export function limitedDisk(leftBytes: number): LimitedDisk {
  const limited = {
    leftBytes,
    disk: { ...nodeDisk, open: async (path, flags) => filling(await nodeDisk.open(path, flags)) },
  } satisfies LimitedDisk as { disk: Disk; leftBytes: number };

  async function write(file: DiskFile, data: string | Uint8Array): Promise<void> {
    const bytes = Buffer.from(data);
    const fits = Math.min(bytes.length, limited.leftBytes);
    limited.leftBytes -= fits;
    await file.appendFile(bytes.subarray(0, fits));
    if (fits < bytes.length) throw failure('ENOSPC', 'no space left on device, write');
  }

  function filling(file: DiskFile): DiskFile {
    return {
      appendFile: (data) => write(file, data),
      writeFile: (data) => write(file, data),
      sync: () => file.sync(),
      datasync: () => file.datasync(),
      read: (...where) => file.read(...where),
      stat: () => file.stat(),
      close: () => file.close(),
    };
  }
  return limited;
}

/** Everything can be read, nothing changed. */
export function readOnlyDisk(): Disk {
  const refuse = async (): Promise<never> => {
    throw failure('EROFS', 'read-only file system');
  };
  return {
    ...nodeDisk,
    open: (path, flags) => (flags === 'r' ? nodeDisk.open(path, flags) : refuse()),
    rename: refuse,
    remove: refuse,
    truncate: refuse,
    makeFolder: async (path) => ((await nodeDisk.exists(path)) ? undefined : refuse()),
    restrictFolder: refuse,
    lock: refuse,
  };
}
