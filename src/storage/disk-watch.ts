/** A disk that knows what it is waiting for: a write that hangs neither fails nor says anything. */
import type { Clock } from '../ports/clock.ts';
import type { DiskHealth } from '../ports/disk-health.ts';
import type { Disk, DiskFile } from './disk.ts';

export interface WatchedDisk {
  readonly disk: Disk;
  readonly health: DiskHealth;
}

/** Watches writes, syncs and renames; reads may take their time. `folder` is whose room counts. */
export function watchDisk(inner: Disk, folder: string, clock: Clock): WatchedDisk {
  /** Since when each operation under way waits; the first is the oldest. */
  const waiting = new Map<number, number>();
  let number = 0;

  async function watched<T>(act: () => Promise<T>): Promise<T> {
    number += 1;
    const id = number;
    waiting.set(id, clock.monotonicMs());
    try {
      return await act();
    } finally {
      waiting.delete(id);
    }
  }

  const fileOf = (file: DiskFile): DiskFile => ({
    appendFile: (data) => watched(() => file.appendFile(data)),
    writeFile: (data, encoding) => watched(() => file.writeFile(data, encoding)),
    sync: () => watched(() => file.sync()),
    datasync: () => watched(() => file.datasync()),
    read: (...where) => file.read(...where),
    stat: () => file.stat(),
    close: () => file.close(),
  });

  return {
    disk: {
      ...inner,
      open: async (path, flags) => fileOf(await inner.open(path, flags)),
      rename: (from, to) => watched(() => inner.rename(from, to)),
      syncFolder: (path) => watched(() => inner.syncFolder(path)),
    },
    health: {
      waitingMs() {
        const [oldest] = waiting.values();
        return oldest === undefined ? 0 : clock.monotonicMs() - oldest;
      },
      freeBytes: () => inner.freeBytes(folder).catch(() => null),
    },
  };
}
