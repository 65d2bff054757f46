import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type App, startApp } from '../../src/app.ts';
import { demoConfig } from '../../src/config/demo.ts';
import { type Disk, StorageError, verifyJournal } from '../../src/storage/index.ts';
import { until } from '../e2e/rig.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { Books } from './books.ts';
import { getJson, postJson } from './http.ts';
import { JournalReader } from './journal-reader.ts';
import { limitedDisk, readOnlyDisk } from './limited-disk.ts';
import type { LoggedWrite } from './outside.ts';

const PLENTY = 1e9;

async function start(folder: string, disk: Disk, fatal: Error[] = []): Promise<App> {
  const quiet = { DEMO_CHAT_PORT: '0', DEMO_EXCHANGE_PORT: '0', DEMO_SCENARIO: 'calm' };
  const config = { ...demoConfig(quiet, folder), logging: { level: 'silent' as const } };
  const app = await startApp({
    config,
    version: 'test',
    pinnedDryRun: false,
    say: () => undefined,
    onFatal: (error) => void fatal.push(error),
    disk,
  });
  onTestFinished(() => app.stop('end of test').catch(() => undefined));
  return app;
}

async function writesOf(app: App): Promise<LoggedWrite[]> {
  const url = `${app.exchangeUrl}/sim/log?path=${encodeURIComponent('/auth/w/')}`;
  const entry = z.object({
    ...{ seq: z.number(), ms: z.number(), path: z.string() },
    ...{ body: z.unknown(), outcome: z.string() },
  });
  return z.array(entry).parse(await getJson(url));
}

function shock(app: App, pct: number): Promise<unknown> {
  return postJson(`${app.exchangeUrl}/sim/shock`, { symbol: '*', pct, seconds: 0 });
}

function booksOf(folder: string, writes: readonly LoggedWrite[]): Books {
  const books = new Books(false);
  for (const entry of new JournalReader(folder).read().entries) books.onRecord(entry);
  for (const write of writes) books.onWrite(write);
  return books;
}

describe('a full disk under the whole service', () => {
  test('ends all writes: what reached the exchange is on disk, and nothing follows', async () => {
    const folder = tempFolder();
    const limited = limitedDisk(PLENTY);
    const fatal: Error[] = [];
    const app = await start(folder, limited.disk, fatal);
    await until('the first moves', async () => (await writesOf(app)).length > 5 || undefined);
    limited.leftBytes = 700;
    await shock(app, -9);
    await until('the end', async () => fatal.length > 0 || undefined);
    const before = (await writesOf(app)).length;
    await shock(app, -3);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const writes = await writesOf(app);
    expect(writes).toHaveLength(before);
    expect(fatal[0]?.message).toMatch(/^the journal cannot be written: ENOSPC/);
    expect(booksOf(folder, writes).violations).toEqual([]);
  });

  test('leaves every file whole, and a start with space goes on from there', async () => {
    const folder = tempFolder();
    const limited = limitedDisk(PLENTY);
    const fatal: Error[] = [];
    const app = await start(folder, limited.disk, fatal);
    await until('the first moves', async () => (await writesOf(app)).length > 5 || undefined);
    limited.leftBytes = 0;
    await shock(app, -9);
    await until('the end', async () => fatal.length > 0 || undefined);
    await app.stop('disk full').catch(() => undefined);
    const report = await verifyJournal(folder);
    expect(report.corruption).toBeNull();
    const documents = readdirSync(folder).filter((name) => name.endsWith('.json'));
    expect(documents).toContain('outbox.json');
    for (const name of documents) JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const next = await start(folder, limitedDisk(PLENTY).disk);
    await until('new moves', async () => (await writesOf(next)).length > 0 || undefined);
    expect((await verifyJournal(folder)).records).toBeGreaterThan(report.records);
  });

  test('at the start keeps the service waiting, and it begins when there is space', async () => {
    const folder = join(tempFolder(), 'data');
    const limited = limitedDisk(0);
    const fatal: Error[] = [];
    const starting = start(folder, limited.disk, fatal);
    const isEarly = await Promise.race([
      starting.then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2_000)),
    ]);
    expect(isEarly).toBe(false);
    limited.leftBytes = PLENTY;
    const app = await starting;
    await until('the first moves', async () => (await writesOf(app)).length > 0 || undefined);
    expect(fatal).toEqual([]);
  }, 60_000);
});

describe('a read-only data folder', () => {
  test('is refused before anything is asked of the exchange', async () => {
    const folder = tempFolder();
    const failed = start(folder, readOnlyDisk());
    await expect(failed).rejects.toThrow(StorageError);
    await expect(failed).rejects.toThrow(
      `the data folder ${folder} cannot be used: EROFS: read-only file system`,
    );
  });
});
