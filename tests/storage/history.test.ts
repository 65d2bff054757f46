import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/core/time.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { FileHistory } from '../../src/storage/history.ts';
import { tempFolder } from '../support/temp-folder.ts';

const NOON = Date.UTC(2026, 0, 5, 12);
const bodiesOf = (records: readonly { body: unknown }[]) => records.map(({ body }) => body);

describe('history', () => {
  test('gives the newest first across days and skips a torn line', async () => {
    const folder = tempFolder();
    const history = new FileHistory(folder, silentLogger);
    for (let i = 0; i < 3; i += 1) await history.append('errors', NOON + i, { i });
    await history.append('errors', NOON + DAY_MS, { i: 3 });
    await history.close();
    const path = join(folder, 'history/errors/2026-01-06.jsonl');
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"at":1,"bo`);
    const again = new FileHistory(folder, silentLogger);
    await again.append('errors', NOON + DAY_MS + 1, { i: 4 });
    expect(bodiesOf(await again.latest('errors', 3))).toEqual([{ i: 4 }, { i: 3 }, { i: 2 }]);
    expect(again.skippedLines).toBe(1);
    await again.close();
  });

  test('gives one day oldest first and keeps kinds apart', async () => {
    const history = new FileHistory(tempFolder(), silentLogger);
    await Promise.all([1, 2].map((i) => history.append('errors', NOON + i, i)));
    await history.append('snapshots', NOON, 'other');
    await history.append('errors', NOON + DAY_MS, 3);
    expect(await history.day('errors', '2026-01-05')).toEqual([
      { kind: 'errors', at: NOON + 1, body: 1 },
      { kind: 'errors', at: NOON + 2, body: 2 },
    ]);
    expect(await history.day('errors', '2026-02-01')).toEqual([]);
    expect(await history.latest('liquidations', 5)).toEqual([]);
    await expect(history.day('errors', '../errors/2026-01-05')).rejects.toThrow('UTC day');
    await history.close();
  });

  test('thins a long span evenly, oldest first, across days', async () => {
    const history = new FileHistory(tempFolder(), silentLogger);
    const hour = DAY_MS / 24;
    for (let i = 0; i < 96; i += 1) await history.append('snapshots', NOON + i * hour, i);
    const all = await history.sampled('snapshots', NOON, NOON + 4 * DAY_MS, 1_000);
    expect(all).toHaveLength(96);
    const thin = await history.sampled('snapshots', NOON, NOON + 4 * DAY_MS, 8);
    const gaps = thin.slice(1).map(({ at }, i) => (at - (thin[i]?.at ?? 0)) / hour);
    expect(thin).toHaveLength(8);
    expect(new Set(gaps)).toEqual(new Set([12]));
    const recent = await history.sampled('snapshots', NOON - 300 * hour, NOON + 2 * hour, 20);
    expect(bodiesOf(recent)).toEqual([0, 1, 2]);
    const part = await history.sampled('snapshots', NOON + 10 * hour, NOON + 12 * hour, 50);
    expect(bodiesOf(part)).toEqual([10, 11, 12]);
    await history.close();
  });

  test('reads lines that span the pieces in which a file is read', async () => {
    const history = new FileHistory(tempFolder(), silentLogger);
    const bodies = Array.from({ length: 40 }, (_, i) => `${i}${'é'.repeat(i * 1_000)}`);
    for (const body of bodies) await history.append('snapshots', NOON, body);
    expect(bodiesOf(await history.latest('snapshots', 40))).toEqual(bodies.toReversed());
    await history.close();
  });

  test('asked for the latest, reads the end of a day and not its beginning', async () => {
    const folder = tempFolder();
    const history = new FileHistory(folder, silentLogger);
    await history.append('snapshots', NOON, 'first');
    const path = join(folder, 'history/snapshots/2026-01-05.jsonl');
    for (let i = 0; i < 20; i += 1) appendFileSync(path, `garbage ${'x'.repeat(50_000)}\n`);
    await history.append('snapshots', NOON, 'last');
    expect(bodiesOf(await history.latest('snapshots', 1))).toEqual(['last']);
    expect(history.skippedLines).toBe(0);
    expect(bodiesOf(await history.latest('snapshots', 2))).toEqual(['last', 'first']);
    expect(history.skippedLines).toBe(20);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await history.close();
  });

  test('once closed is written to no more: the folder may be somebody else’s by then', async () => {
    const folder = tempFolder();
    const history = new FileHistory(folder, silentLogger);
    await history.append('errors', NOON, { i: 1 });
    await history.close();
    await expect(history.append('errors', NOON, { i: 2 })).rejects.toThrow('history is closed');
    const again = new FileHistory(folder, silentLogger);
    expect(bodiesOf(await again.latest('errors', 9))).toEqual([{ i: 1 }]);
  });

  test('goes back to an older day and on again when the clock steps', async () => {
    const history = new FileHistory(tempFolder(), silentLogger);
    for (const at of [NOON, NOON - DAY_MS, NOON]) await history.append('errors', at, at);
    expect(bodiesOf(await history.latest('errors', 9))).toEqual([NOON, NOON, NOON - DAY_MS]);
    await history.close();
  });
});
