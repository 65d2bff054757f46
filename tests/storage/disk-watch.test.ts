import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../../src/ops/logger.ts';
import { type Disk, nodeDisk } from '../../src/storage/disk.ts';
import { watchDisk } from '../../src/storage/disk-watch.ts';
import { openStorage } from '../../src/storage/index.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

type Act = 'append' | 'write' | 'sync' | 'rename' | 'syncFolder';

/** The machine's disk, of which one kind of operation hangs until it is let go. */
function hanging() {
  let stuck: Act | null = null;
  let letGo = (): void => undefined;
  let gate = Promise.resolve();
  const pass = async (act: Act): Promise<void> => {
    if (act === stuck) await gate;
  };
  const disk: Disk = {
    ...nodeDisk,
    async open(path, flags) {
      const file = await nodeDisk.open(path, flags);
      return {
        appendFile: async (data) => pass('append').then(() => file.appendFile(data)),
        writeFile: async (data, how) => pass('write').then(() => file.writeFile(data, how)),
        sync: async () => pass('sync').then(() => file.sync()),
        datasync: async () => pass('sync').then(() => file.datasync()),
        read: (...where) => file.read(...where),
        stat: () => file.stat(),
        close: () => file.close(),
      };
    },
    rename: async (from, to) => pass('rename').then(() => nodeDisk.rename(from, to)),
    syncFolder: async (path) => pass('syncFolder').then(() => nodeDisk.syncFolder(path)),
  };
  return {
    disk,
    hang(act: Act) {
      stuck = act;
      gate = new Promise((resolve) => {
        letGo = resolve;
      });
    },
    release() {
      stuck = null;
      letGo();
    },
  };
}

const options = (disk: Disk, clock = new ManualClock()) => ({
  clock,
  log: silentLogger,
  onFatal: () => undefined,
  disk,
});
const tick = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('storage says how its disk is doing', () => {
  test('a journal whose appends hang', async () => {
    const at = hanging();
    const clock = new ManualClock();
    const storage = await openStorage(tempFolder(), options(at.disk, clock));
    expect(storage.health.waitingMs()).toBe(0);
    at.hang('append');
    const appended = storage.journal.append({ type: 'n', body: 1 });
    await tick();
    await clock.advance(4_000);
    expect(storage.health.waitingMs()).toBe(4_000);
    at.release();
    await appended;
    expect(storage.health.waitingMs()).toBe(0);
    await storage.close();
  });

  test.each(['write', 'sync', 'rename', 'syncFolder'] as const)(
    'a document whose %s hangs',
    async (act) => {
      const at = hanging();
      const clock = new ManualClock();
      const storage = await openStorage(tempFolder(), options(at.disk, clock));
      const document = await storage.openDocument('d', z.number(), 0);
      at.hang(act);
      const updated = document.update(() => 1);
      await tick();
      await clock.advance(5_000);
      expect(storage.health.waitingMs()).toBe(5_000);
      at.release();
      await updated;
      expect(storage.health.waitingMs()).toBe(0);
      await storage.close();
    },
  );

  test('a write that fails is not waited for any more', async () => {
    const failing: Disk = { ...nodeDisk, rename: () => Promise.reject(new Error('EIO')) };
    const { disk, health } = watchDisk(failing, tempFolder(), new ManualClock());
    await expect(disk.rename('a', 'b')).rejects.toThrow('EIO');
    expect(health.waitingMs()).toBe(0);
  });

  test('how many bytes are free, or that it cannot be told', async () => {
    const folder = tempFolder();
    const storage = await openStorage(folder, options(nodeDisk));
    expect(await storage.health.freeBytes()).toBeGreaterThan(0);
    await storage.close();
    const gone = watchDisk(nodeDisk, join(folder, 'nowhere'), new ManualClock());
    expect(await gone.health.freeBytes()).toBeNull();
  });

  test('asked of the data folder, of whatever disk it is', async () => {
    const folder = tempFolder();
    const asked: string[] = [];
    const freeBytes = async (path: string): Promise<number> => {
      asked.push(path);
      return 7;
    };
    const storage = await openStorage(folder, options({ ...nodeDisk, freeBytes }));
    expect(await storage.health.freeBytes()).toBe(7);
    expect(asked).toEqual([folder]);
    await storage.close();
  });
});
