import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../../src/ops/logger.ts';
import { openCounter } from '../../src/storage/counter.ts';
import { openDocument } from '../../src/storage/document.ts';
import { FileHistory } from '../../src/storage/history.ts';
import { isAlive, openStorage, writeHeartbeat } from '../../src/storage/index.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const schema = z.object({ n: z.number() });
const options = { clock: new ManualClock(), log: silentLogger, onFatal: () => undefined };

describe('a document', () => {
  const at = (folder: string) => join(folder, 'd.json');
  const open = (folder: string) => openDocument(at(folder), schema, { n: 0 }, silentLogger);

  test('keeps updates in order and over a restart', async () => {
    const folder = tempFolder();
    const document = await open(folder);
    await Promise.all([1, 2, 3].map((n) => document.update((old) => ({ n: old.n * 10 + n }))));
    expect((await open(folder)).read()).toEqual({ n: 123 });
    expect(statSync(at(folder)).mode & 0o777).toBe(0o600);
  });

  test.each(['', '{', 'null', '{"n":"x"}'])(
    'content %j falls back to the version before',
    async (content) => {
      const folder = tempFolder();
      const document = await open(folder);
      await document.update(() => ({ n: 1 }));
      await document.update(() => ({ n: 2 }));
      writeFileSync(at(folder), content);
      expect((await open(folder)).read()).toEqual({ n: 1 });
    },
  );

  test('a failed write leaves the old value in memory and on disk', async () => {
    const folder = tempFolder();
    const document = await open(folder);
    await document.update(() => ({ n: 1 }));
    mkdirSync(`${at(folder)}.tmp`);
    await expect(document.update(() => ({ n: 2 }))).rejects.toThrow();
    expect(document.read()).toEqual({ n: 1 });
    expect((await open(folder)).read()).toEqual({ n: 1 });
  });
});

describe('a counter', () => {
  test('never hands out a number twice, whatever the clock and restarts do', async () => {
    const step = fc.record({ floor: fc.nat(1e6), count: fc.integer({ min: 1, max: 50 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const folder = tempFolder();
        let last = 0;
        for (const { floor, count } of steps) {
          const counter = await openCounter(join(folder, 'c.json'), silentLogger);
          const { from, to } = await counter.reserveAbove(floor, count);
          expect(from).toBeGreaterThan(Math.max(last, floor));
          expect(to - from + 1).toBe(count);
          last = to;
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('history', () => {
  test('gives the newest first across days and skips a torn line', async () => {
    const folder = tempFolder();
    const history = new FileHistory(folder);
    const noon = Date.UTC(2026, 0, 5, 12);
    for (let i = 0; i < 3; i += 1) await history.append('errors', noon + i, { i });
    await history.append('errors', noon + 86_400_000, { i: 3 });
    await history.close();
    const path = join(folder, 'history/errors/2026-01-06.jsonl');
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"at":1,"bo`);
    const again = new FileHistory(folder);
    await again.append('errors', noon + 86_400_001, { i: 4 });
    const latest = await again.latest('errors', 3);
    expect(latest.map(({ body }) => body)).toEqual([{ i: 4 }, { i: 3 }, { i: 2 }]);
    await again.close();
  });
});

describe('the data folder', () => {
  test('belongs to one process at a time', async () => {
    const folder = tempFolder();
    const storage = await openStorage(folder, options);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const second = await import('../../src/storage/lock.ts');
    await expect(second.lockFolder(folder, () => undefined, 0)).rejects.toThrow(
      'used by another process',
    );
    await storage.close();
    await (await openStorage(folder, options)).close();
  });

  test('whose journal has vanished is refused, not started afresh', async () => {
    const folder = tempFolder();
    await (await openStorage(folder, options)).close();
    rmSync(join(folder, 'journal'), { recursive: true });
    await expect(openStorage(folder, options)).rejects.toThrow('its journal is missing');
  });

  test('shows a sign of life', async () => {
    const folder = tempFolder();
    expect(await isAlive(folder, 1_000, 500)).toBe(false);
    await writeHeartbeat(folder, 1_000);
    expect(await isAlive(folder, 1_400, 500)).toBe(true);
    expect(await isAlive(folder, 1_600, 500)).toBe(false);
  });
});
