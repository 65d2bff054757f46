import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/core/time.ts';
import type { JournalRecord } from '../../src/ports/journal.ts';
import { CorruptJournalError } from '../../src/storage/errors.ts';
import { verifyJournal } from '../../src/storage/verify.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { bodiesOf, openJournal, writtenJournal } from './journals.ts';

/** Opens, counts, appends one more and opens again: what a restart after a crash does. */
async function survivorsOf(folder: string): Promise<number> {
  const journal = await openJournal(folder);
  const survivors = (await bodiesOf(journal)).length;
  await journal.append({ type: 'n', body: 'after' });
  await journal.close();
  const again = await openJournal(folder);
  expect((await bodiesOf(again)).at(-1)).toBe('after');
  await again.close();
  return survivors;
}

/** Two files: records 1 and 2 in the first, 3 and 4 in the second. */
async function twoFiles(folder: string): Promise<{ first: string; second: string }> {
  const clock = new ManualClock();
  const journal = await openJournal(folder, { clock });
  for (const day of [0, 0, DAY_MS, 0]) {
    clock.setWall(clock.now() + day);
    await journal.append({ type: 'n', body: day });
  }
  await journal.close();
  const at = (name: string) => join(folder, 'journal', name);
  return { first: at('000000000001.jsonl'), second: at('000000000003.jsonl') };
}

describe('a torn end', () => {
  test('at any byte of the last record costs that record alone', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 3);
    const whole = readFileSync(path);
    const lastStart = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (let cut = lastStart; cut <= whole.length; cut += 1) {
      writeFileSync(path, whole.subarray(0, cut));
      expect(await survivorsOf(folder)).toBe(cut === whole.length ? 3 : 2);
    }
  });

  test('anywhere leaves all records before the cut', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 6);
    const whole = readFileSync(path);
    const ends = [...whole.toString().matchAll(/\n/g)].map((match) => match.index + 1);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (cut) => {
        writeFileSync(path, whole.subarray(0, cut));
        expect(await survivorsOf(folder)).toBe(ends.filter((end) => end <= cut).length);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['NUL bytes', Buffer.alloc(300)],
    ['many NUL bytes', Buffer.alloc(1_000_000)],
    ['NUL bytes with a line end', Buffer.concat([Buffer.alloc(300), Buffer.from('\n')])],
    ['half a line behind a bad one', Buffer.from('0123\n89abcdef {"seq":4')],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x80, 10, 0xc3])],
  ])('of %s is cut off and reported', async (_, tail) => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 2);
    const whole = readFileSync(path);
    writeFileSync(path, Buffer.concat([whole, tail]));
    const report = await verifyJournal(folder);
    expect(report).toMatchObject({ records: 2, tornBytes: tail.length, corruption: null });
    expect(readFileSync(path)).toHaveLength(whole.length + tail.length);
    expect(await survivorsOf(folder)).toBe(2);
  });

  test('of a file that was only just begun leaves the files before it', async () => {
    const folder = tempFolder();
    const { second } = await twoFiles(folder);
    writeFileSync(second, '0123');
    expect(await survivorsOf(folder)).toBe(2);
  });
});

describe('damage that no crash explains', () => {
  test('a flipped bit anywhere before the last record is refused', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 4);
    const whole = readFileSync(path);
    const lastStart = whole.lastIndexOf(10, whole.length - 2) + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: lastStart - 1 }),
        fc.integer({ min: 0, max: 7 }),
        async (byte, bit) => {
          const mangled = Buffer.from(whole);
          mangled[byte] = (mangled[byte] ?? 0) ^ (1 << bit);
          writeFileSync(path, mangled);
          await expect(openJournal(folder)).rejects.toThrow(CorruptJournalError);
        },
      ),
      { numRuns: 100, examples: [[lastStart - 1, 0]] },
    );
    expect(readFileSync(path)).toHaveLength(whole.length);
  });

  test('a record taken out of the middle is named with its place', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 4);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [lines[0], ...lines.slice(2)].join('\n'));
    const offset = (lines[0]?.length ?? 0) + 1;
    await expect(openJournal(folder)).rejects.toThrow(
      `damaged in 000000000001.jsonl, line 2 at byte ${offset}: expected record 2, was 3`,
    );
  });

  test.each(['', 'garbage', '\0\0\0'])('a line %j put between records is refused', async (line) => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 2);
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [lines[0], line, ...lines.slice(1)].join('\n'));
    await expect(openJournal(folder)).rejects.toThrow('a valid record behind a damaged one');
  });

  test('a record replaced by a valid one that does not follow is refused', async () => {
    const folder = tempFolder();
    const other = tempFolder();
    const path = await writtenJournal(folder, 3);
    const clock = new ManualClock(0);
    const journal = await openJournal(other, { clock });
    for (const body of [1, 2]) await journal.append({ type: 'n', body });
    await journal.close();
    const foreign = readFileSync(join(other, 'journal/000000000001.jsonl'), 'utf8').split('\n');
    const lines = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [lines[0], foreign[1], ...lines.slice(2)].join('\n'));
    await expect(openJournal(folder)).rejects.toThrow('record 2 does not follow');
  });

  test('a missing first file is refused', async () => {
    const folder = tempFolder();
    rmSync((await twoFiles(folder)).first);
    await expect(openJournal(folder)).rejects.toThrow('expected record 1, was 3');
  });

  test('a torn file with another behind it is refused', async () => {
    const folder = tempFolder();
    const { first } = await twoFiles(folder);
    writeFileSync(first, readFileSync(first).subarray(0, -3));
    const lines = readFileSync(first, 'latin1').split('\n');
    const report = await verifyJournal(folder);
    expect(report).toMatchObject({
      records: 1,
      path: first,
      validBytes: (lines[0] ?? '').length + 1,
    });
    expect(report.corruption).toEqual({
      file: '000000000001.jsonl',
      line: 2,
      offset: report.validBytes,
      reason: 'a torn end, and behind it the file 000000000003.jsonl',
    });
  });

  test('files of one journal that hold the same records are refused', async () => {
    const folder = tempFolder();
    const { first, second } = await twoFiles(folder);
    copyFileSync(first, second);
    await expect(openJournal(folder)).rejects.toThrow('expected record 3, was 1');
  });
});

describe('opening tells what is in the journal', () => {
  async function toldBy(folder: string): Promise<JournalRecord[]> {
    const told: JournalRecord[] = [];
    const journal = await openJournal(folder, { onRecords: (records) => told.push(...records) });
    await journal.close();
    return told;
  }

  test('every record once and in order, over all files', async () => {
    const folder = tempFolder();
    await twoFiles(folder);
    const told = await toldBy(folder);
    expect(told.map(({ seq, type, body }) => ({ seq, type, body }))).toEqual([
      { seq: 1, type: 'n', body: 0 },
      { seq: 2, type: 'n', body: 0 },
      { seq: 3, type: 'n', body: DAY_MS },
      { seq: 4, type: 'n', body: 0 },
    ]);
  });

  test('without the torn end', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 3);
    writeFileSync(path, readFileSync(path).subarray(0, -3));
    expect((await toldBy(folder)).map(({ body }) => body)).toEqual([{ i: 1 }, { i: 2 }]);
  });

  test('and damage is refused as it is when nobody listens', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 4);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"i":2', '"i":7'));
    const messages = await Promise.all(
      [toldBy(folder), openJournal(folder)].map((opening) =>
        opening.then(
          () => 'opened',
          (error: unknown) => String(error),
        ),
      ),
    );
    expect(messages[0]).toContain('a valid record behind a damaged one');
    expect(messages[1]).toBe(messages[0]);
  });

  test('any type that was written can be read', async () => {
    const folder = tempFolder();
    const journal = await openJournal(folder);
    const types = ['a"b', 'back\\slash', '暂停', 'x'.repeat(300)];
    for (const type of types) await journal.append({ type, body: null });
    await journal.close();
    expect((await verifyJournal(folder)).records).toBe(types.length);
    expect((await toldBy(folder)).map(({ type }) => type)).toEqual(types);
  });
});

test('verifying a folder without a journal makes none', async () => {
  const folder = tempFolder();
  expect(await verifyJournal(folder)).toMatchObject({ records: 0, corruption: null, path: null });
  expect(existsSync(join(folder, 'journal'))).toBe(false);
});
