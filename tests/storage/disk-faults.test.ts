import { existsSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { silentLogger } from '../../src/ops/logger.ts';
import { openCounter } from '../../src/storage/counter.ts';
import { replaceFile } from '../../src/storage/durable-file.ts';
import { verifyJournal } from '../../src/storage/verify.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { bodiesOf, openJournal } from './journals.ts';

/** Node gives its file handles no other door: what all of them share is where a disk can fail. */
const anyHandle = await open('/dev/null');
const shared = Object.getPrototypeOf(anyHandle) as FileHandle;
await anyHandle.close();
const broken = Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });

afterEach(() => void vi.restoreAllMocks());

describe('the journal on a disk that fails', () => {
  test('gives a receipt only once the sync has come back', async () => {
    const folder = tempFolder();
    const journal = await openJournal(folder);
    let letSync: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letSync = resolve;
    });
    const append = shared.appendFile;
    let isWritten = false;
    vi.spyOn(shared, 'appendFile').mockImplementation(async function (this: FileHandle, data) {
      await append.call(this, data);
      isWritten = true;
      await held;
    });
    let isAcknowledged = false;
    const appended = journal.append({ type: 'n', body: 1 }).then(() => {
      isAcknowledged = true;
    });
    while (!isWritten) await new Promise((resolve) => setImmediate(resolve));
    // On disk perhaps, promised not: neither acknowledged nor replayed.
    expect((await verifyJournal(folder)).records).toBe(1);
    expect(await bodiesOf(journal)).toEqual([]);
    expect(isAcknowledged).toBe(false);
    letSync();
    await appended;
    expect(await bodiesOf(journal)).toEqual([1]);
    await journal.close();
  });

  test('never tries a failed sync again: everything waiting and later is refused', async () => {
    const fatal: Error[] = [];
    const onFatal = (error: Error) => void fatal.push(error);
    const journal = await openJournal(tempFolder(), { onFatal });
    const sync = vi.spyOn(shared, 'appendFile').mockRejectedValueOnce(broken);
    const first = journal.append({ type: 'n', body: 1 });
    await expect(first).rejects.toThrow('the journal cannot be written: EIO');
    await expect(journal.append({ type: 'n', body: 2 })).rejects.toThrow('EIO');
    expect(sync).toHaveBeenCalledTimes(1);
    expect(fatal).toHaveLength(1);
    await journal.close();
  });

  test('refuses what came while the failing sync ran', async () => {
    const journal = await openJournal(tempFolder());
    let fail: (error: Error) => void = () => undefined;
    const failing = new Promise<void>((_, reject) => {
      fail = reject;
    });
    const sync = vi.spyOn(shared, 'appendFile').mockReturnValueOnce(failing);
    const appends = [journal.append({ type: 'n', body: 1 })];
    while (sync.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    appends.push(journal.append({ type: 'n', body: 2 }), journal.append({ type: 'n', body: 3 }));
    fail(broken);
    const ends = await Promise.allSettled(appends);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await journal.close();
  });
});

describe('a file that is replaced on a disk that fails', () => {
  test.each(['writeFile', 'sync'] as const)('stays whole when %s fails', async (step) => {
    const path = join(tempFolder(), 'f');
    await replaceFile(path, 'old');
    vi.spyOn(shared, step).mockRejectedValueOnce(broken);
    await expect(replaceFile(path, 'new', { keepPrevious: true })).rejects.toThrow('EIO');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(existsSync(`${path}.tmp`)).toBe(false);
  });

  test('is synced itself before its name is, and its folder after', async () => {
    const path = join(tempFolder(), 'f');
    const seen: boolean[] = [];
    vi.spyOn(shared, 'sync').mockImplementation(async () => void seen.push(existsSync(path)));
    await replaceFile(path, 'new');
    expect(seen).toEqual([false, true]);
  });
});

test('a counter whose write failed does not hand those numbers out later', async () => {
  const counter = await openCounter(join(tempFolder(), 'c.json'), silentLogger);
  vi.spyOn(shared, 'sync').mockRejectedValueOnce(broken);
  await expect(counter.reserveAbove(0, 10)).rejects.toThrow('EIO');
  expect(await counter.reserveAbove(0, 10)).toEqual({ from: 11, to: 20 });
});
