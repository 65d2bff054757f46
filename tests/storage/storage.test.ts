import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../../src/ops/logger.ts';
import { isAlive, openStorage, writeHeartbeat } from '../../src/storage/index.ts';
import { lockFolder } from '../../src/storage/lock.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const options = { clock: new ManualClock(), log: silentLogger, onFatal: () => undefined };
const modeOf = (path: string) => statSync(path).mode & 0o777;

describe('the data folder', () => {
  test('is made with all that leads to it, for its owner only', async () => {
    const folder = join(tempFolder(), 'deep/data');
    const storage = await openStorage(folder, options);
    await storage.journal.append({ type: 'n', body: 1 });
    await storage.history.append('errors', 0, 1);
    const document = await storage.openDocument('some-name', z.number(), 1);
    await document.update((n) => n + 1);
    await (await storage.openCounter('nonce')).reserveAbove(0, 1);
    expect(modeOf(folder)).toBe(0o700);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.name === 'lock') continue;
      const wanted = entry.isDirectory() ? 0o700 : 0o600;
      expect([entry.name, modeOf(join(entry.parentPath, entry.name))]).toEqual([
        entry.name,
        wanted,
      ]);
    }
    await storage.close();
  });

  test('belongs to one opener at a time, by a lock inside it', async () => {
    const folder = tempFolder();
    const storage = await openStorage(folder, options);
    await expect(lockFolder(folder, () => undefined, 0)).rejects.toThrow(
      `the data folder ${folder} is used by another process`,
    );
    expect(existsSync(`${folder}.lock`)).toBe(false);
    expect(readdirSync(dirname(folder))).not.toContain(`${folder}.lock`);
    await storage.close();
    await (await openStorage(folder, options)).close();
  });

  test('taken over by somebody else is written to no more', async () => {
    const folder = tempFolder();
    let onFatal: (error: Error) => void = () => undefined;
    const lost = new Promise<Error>((resolve) => {
      onFatal = resolve;
    });
    const storage = await openStorage(folder, { ...options, onFatal: (error) => onFatal(error) });
    await storage.journal.append({ type: 'n', body: 1 });
    rmSync(join(folder, 'lock'), { recursive: true });
    mkdirSync(join(folder, 'lock'));
    utimesSync(join(folder, 'lock'), 1, 1);
    expect((await lost).message).toBe('the lock of the data folder was lost');
    await expect(storage.journal.append({ type: 'n', body: 2 })).rejects.toThrow('lock');
    await storage.close();
    expect(existsSync(join(folder, 'lock'))).toBe(true);
  });

  test('whose journal has vanished is refused, not started afresh', async () => {
    const folder = tempFolder();
    await (await openStorage(folder, options)).close();
    rmSync(join(folder, 'journal'), { recursive: true });
    await expect(openStorage(folder, options)).rejects.toThrow('its journal is missing');
    await expect(openStorage(folder, options)).rejects.toThrow('its journal is missing');
  });

  test('is closed only when its documents are written', async () => {
    const folder = tempFolder();
    const storage = await openStorage(folder, options);
    const document = await storage.openDocument('d', z.number(), 0);
    const writing = [1, 2, 3].map((n) => document.update(() => n));
    await storage.close();
    expect(document.read()).toBe(3);
    await Promise.all(writing);
  });

  test('gives each document out once, under a name that is a file name', async () => {
    const storage = await openStorage(tempFolder(), options);
    await storage.openDocument('d', z.number(), 0);
    await expect(storage.openDocument('d', z.number(), 0)).rejects.toThrow('opened once');
    await expect(storage.openCounter('../d')).rejects.toThrow('kebab-case');
    await storage.close();
  });

  test('shows a sign of life', async () => {
    const folder = tempFolder();
    expect(await isAlive(folder, 1_000, 500)).toBe(false);
    await writeHeartbeat(folder, 1_000);
    expect(await isAlive(folder, 1_400, 500)).toBe(true);
    expect(await isAlive(folder, 1_600, 500)).toBe(false);
  });
});
