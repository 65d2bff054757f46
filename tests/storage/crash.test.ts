import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { dataCommand, openStorage, verifyJournal } from '../../src/storage/index.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { lastAcknowledged, startChild } from './child.ts';

const options = { clock: systemClock, log: silentLogger, onFatal: () => undefined };

describe('a process that dies', () => {
  test('by kill -9 loses nothing that was acknowledged, and the next one starts', async () => {
    const folder = tempFolder();
    const run = startChild('journal-child.ts', [folder]);
    await run.said('acknowledged 200');
    const second = startChild('journal-child.ts', [folder]);
    await systemClock.sleep(300);
    run.child.kill('SIGKILL');
    await run.ended;
    const promised = lastAcknowledged(run);
    const report = await verifyJournal(folder);
    expect(report.corruption).toBeNull();
    expect(report.records).toBeGreaterThanOrEqual(promised);
    // The second one began to wait before; once the lock is stale it goes on with the numbers.
    await second.said(`acknowledged ${report.records + 1}`);
    second.child.kill('SIGKILL');
    await second.ended;
  }, 40_000);

  test('by kill -9 does not make the next one wait: the dead holder is recognised', async () => {
    const folder = tempFolder();
    const run = startChild('journal-child.ts', [folder]);
    await run.said('acknowledged 50');
    run.child.kill('SIGKILL');
    await run.ended;
    const startedMs = systemClock.monotonicMs();
    const storage = await openStorage(folder, options);
    expect(systemClock.monotonicMs() - startedMs).toBeLessThan(5_000);
    await storage.close();
  });

  test('in the middle of claiming the folder leaves no torn claim behind', async () => {
    const folder = tempFolder();
    const torn = join(folder, 'lock-owner.json.tmp');
    writeFileSync(torn, '{"names');
    const storage = await openStorage(folder, options);
    const said: string[] = [];
    expect(existsSync(torn)).toBe(false);
    expect(JSON.parse(readFileSync(join(folder, 'lock-owner.json'), 'utf8'))).toHaveProperty('pid');
    const context = {
      clock: systemClock,
      log: silentLogger,
      say: (line: string) => said.push(line),
    };
    expect(await dataCommand(['verify', '--data', folder], context)).toBe(0);
    expect(said).toContain('documents: all whole');
    await storage.close();
  });

  test('on a full disk stops writing for good and loses nothing acknowledged', async () => {
    const folder = tempFolder();
    const run = startChild('journal-child.ts', [folder, '700'], 64);
    await run.ended;
    const promised = lastAcknowledged(run);
    expect(promised).toBeGreaterThan(20);
    const fatal = run.lines().filter((line) => line.startsWith('fatal'));
    expect(fatal).toHaveLength(1);
    expect(fatal[0]).toMatch(/^fatal the journal cannot be written: EFBIG/);
    expect(run.lines()).toContainEqual(expect.stringMatching(/^later the journal cannot be/));
    const torn = await verifyJournal(folder);
    expect(torn.corruption).toBeNull();
    expect(torn.tornBytes).toBeGreaterThan(0);
    const storage = await openStorage(folder, options);
    let records = 0;
    for await (const batch of storage.journal.replay()) records = batch.at(-1)?.seq ?? records;
    expect(records).toBeGreaterThanOrEqual(promised);
    await storage.close();
  });
});
