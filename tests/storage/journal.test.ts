import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/core/time.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { CorruptJournalError } from '../../src/storage/errors.ts';
import { FileJournal } from '../../src/storage/journal.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

function open(folder: string, clock = new ManualClock()): Promise<FileJournal> {
  return FileJournal.open(folder, { clock, log: silentLogger, onFatal: () => undefined });
}

async function written(folder: string, count: number): Promise<string> {
  const journal = await open(folder);
  for (let i = 1; i <= count; i += 1) await journal.append({ type: 'n', body: { i } });
  await journal.close();
  const name = readdirSync(join(folder, 'journal'))[0] ?? '';
  return join(folder, 'journal', name);
}

async function bodies(journal: FileJournal): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const record of journal.replay()) found.push(record.body);
  return found;
}

describe('the journal', () => {
  test('gives back what was appended, in order, over a restart', async () => {
    const folder = tempFolder();
    await written(folder, 3);
    const again = await open(folder);
    const receipt = await again.append({ type: 'n', body: { i: 4 } });
    expect(receipt.seq).toBe(4);
    expect(await bodies(again)).toEqual([{ i: 1 }, { i: 2 }, { i: 3 }, { i: 4 }]);
    await again.close();
  });

  test('shares one sync among appends of the same moment and keeps their order', async () => {
    const folder = tempFolder();
    const journal = await open(folder);
    const receipts = await Promise.all(
      Array.from({ length: 500 }, (_, i) => journal.append({ type: 'n', body: { i } })),
    );
    expect(receipts.map(({ seq }) => seq)).toEqual(receipts.map((_, i) => i + 1));
    expect(journal.syncs).toBeLessThan(10);
    await journal.close();
  });

  test('cut anywhere in its last records, it opens with all records before the cut', async () => {
    const folder = tempFolder();
    const path = await written(folder, 6);
    const whole = readFileSync(path);
    const ends = [...whole.toString().matchAll(/\n/g)].map((match) => match.index + 1);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (cut) => {
        writeFileSync(path, whole);
        truncateSync(path, cut);
        const journal = await open(folder);
        expect(await bodies(journal)).toHaveLength(ends.filter((end) => end <= cut).length);
        await journal.append({ type: 'n', body: 'after' });
        expect((await bodies(journal)).at(-1)).toBe('after');
        await journal.close();
      }),
      { numRuns: 60 },
    );
  });

  test('a tail of NUL bytes is torn, not corrupt', async () => {
    const folder = tempFolder();
    const path = await written(folder, 2);
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(300)]));
    const journal = await open(folder);
    expect(await bodies(journal)).toHaveLength(2);
    await journal.close();
  });

  test('a flipped bit before a valid record is corruption and refused', async () => {
    const folder = tempFolder();
    const path = await written(folder, 4);
    const whole = readFileSync(path);
    const last = whole.lastIndexOf(10, whole.length - 2);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: last - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (byte, bit) => {
          const mangled = Buffer.from(whole);
          mangled[byte] = (mangled[byte] ?? 0) ^ (1 << bit);
          writeFileSync(path, mangled);
          await expect(open(folder)).rejects.toThrow(CorruptJournalError);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a record taken out of the middle is noticed', async () => {
    const folder = tempFolder();
    const path = await written(folder, 4);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [lines[0], ...lines.slice(2)].join('\n'));
    await expect(open(folder)).rejects.toThrow('expected record 2, was 3');
  });

  test('starts a new file each day, and the chain goes through', async () => {
    const folder = tempFolder();
    const clock = new ManualClock();
    const journal = await open(folder, clock);
    await journal.append({ type: 'n', body: 1 });
    clock.setWall(clock.now() + DAY_MS);
    await journal.append({ type: 'n', body: 2 });
    await journal.close();
    expect(readdirSync(join(folder, 'journal'))).toHaveLength(2);
    const again = await open(folder, clock);
    expect(await bodies(again)).toEqual([1, 2]);
    await again.close();
  });

  test('files are for their owner only', async () => {
    const path = await written(tempFolder(), 1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('a record too large is refused and the next one still follows', async () => {
    const folder = tempFolder();
    const journal = await open(folder);
    const huge = journal.append({ type: 'n', body: 'x'.repeat(70_000) });
    await expect(huge).rejects.toThrow('at most 65536 bytes');
    await journal.append({ type: 'n', body: 1 });
    await journal.close();
    const again = await open(folder);
    expect(await bodies(again)).toEqual([1]);
    await again.close();
  });
});
