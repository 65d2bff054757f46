import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/core/time.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { repair } from '../../src/storage/commands/repair.ts';
import { type Disk, nodeDisk } from '../../src/storage/disk.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  appendAll,
  bodiesIn,
  type Damage,
  damageCopy,
  damages,
  filesIn,
  run,
  startAt,
  writeWhole,
} from './damaged-journals.ts';

const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

/** Of the journal and of what repairs have set aside. */
function everyFile(folder: string): Map<string, string>[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('journal'))
    .map((name) => filesIn(join(folder, name)));
}

/** Each file is where it was, or at least its content is in a folder beside it. */
function expectNothingLost(folder: string, before: Map<string, string>): void {
  const after = everyFile(folder);
  for (const [name, content] of before) {
    expect(after.some((files) => files.get(name) === content)).toBe(true);
  }
}

/** What is lost from the end leaves no trace; a file of later records is one. */
function namesLaterThan(seq: number, files: Map<string, string>): boolean {
  return [...files.keys()].some((name) => Number(name.slice(0, 12)) > seq);
}

/** Goes on for two days behind `kept` records and reads everything at one more start. */
async function expectToGoOn(folder: string, kept: number, clock: ManualClock): Promise<void> {
  const bodies = numbersTo(kept);
  const storage = await startAt(folder, clock);
  expect(await bodiesIn(storage)).toEqual(bodies);
  for (const day of [1, 2, 3]) {
    const fresh = [day * 100, day * 100 + 1];
    await appendAll(storage, fresh);
    bodies.push(...fresh);
    clock.setWall(clock.now() + DAY_MS);
  }
  await storage.close();
  const again = await startAt(folder, clock);
  expect(await bodiesIn(again)).toEqual(bodies);
  await again.close();
  expect((await run('verify', folder, clock)).code).toBe(0);
}

const THE_LAST_RECORD_BUT_NOT_OF_THE_JOURNAL: Damage[] = [
  { kind: 'flip', file: 0, where: 0.99, bit: 0 },
];
const A_FILE_IN_THE_MIDDLE: Damage[] = [{ kind: 'missing', file: 1 }];
const THE_FIRST_FILE: Damage[] = [{ kind: 'missing', file: 0 }];
const LOST_BEFORE_AN_EMPTY_END: Damage[] = [
  { kind: 'missing', file: 2 },
  { kind: 'empty', file: 3 },
];
const ALL_FILES: Damage[] = [0, 1, 2, 3].map((file) => ({ kind: 'missing', file }));

test('after a repair the records before the damage are there and the journal goes on', async () => {
  const whole = tempFolder();
  const clock = new ManualClock();
  await writeWhole(whole, clock);
  const folder = join(tempFolder(), 'data');
  await fc.assert(
    fc.asyncProperty(damages, async (all) => {
      const kept = damageCopy(whole, folder, all);
      const before = filesIn(join(folder, 'journal'));
      const isRefused = (await run('verify', folder, clock)).code === 1;
      if (namesLaterThan(kept + 1, before)) expect(isRefused).toBe(true);
      expect((await run('repair', folder, clock)).code).toBe(0);
      expectNothingLost(folder, before);
      if (!isRefused) expect(everyFile(folder)).toEqual([before]);
      const repaired = everyFile(folder);
      expect((await run('repair', folder, clock)).said).toMatch(/^nothing to repair/);
      expect(everyFile(folder)).toEqual(repaired);
      await expectToGoOn(folder, kept, clock);
    }),
    {
      numRuns: 40,
      examples: [
        [THE_LAST_RECORD_BUT_NOT_OF_THE_JOURNAL],
        [A_FILE_IN_THE_MIDDLE],
        [THE_FIRST_FILE],
        [LOST_BEFORE_AN_EMPTY_END],
        [ALL_FILES],
      ],
    },
  );
});

/** A disk on which the change with this number and all after it fail. */
function failingFrom(nth: number): { readonly disk: Disk; readonly isReached: () => boolean } {
  let changes = 0;
  const gate = () => {
    changes += 1;
    if (changes >= nth) throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  const disk: Disk = {
    ...nodeDisk,
    async open(path, flags) {
      if (flags !== 'r') gate();
      return nodeDisk.open(path, flags);
    },
    async rename(from, to) {
      gate();
      await nodeDisk.rename(from, to);
    },
    async truncate(path, bytes) {
      gate();
      await nodeDisk.truncate(path, bytes);
    },
    async makeFolder(path) {
      gate();
      return nodeDisk.makeFolder(path);
    },
    async syncFolder(path) {
      gate();
      await nodeDisk.syncFolder(path);
    },
  };
  return { disk, isReached: () => changes >= nth };
}

test.each([
  ['a torn end in the middle', THE_LAST_RECORD_BUT_NOT_OF_THE_JOURNAL],
  ['a missing file', A_FILE_IN_THE_MIDDLE],
  ['a missing first file', THE_FIRST_FILE],
  ['a mangled record', [{ kind: 'flip', file: 1, where: 0.4, bit: 0 }] satisfies Damage[]],
])('a repair of %s that breaks off anywhere is finished by the next', async (_, all) => {
  const whole = tempFolder();
  const clock = new ManualClock();
  await writeWhole(whole, clock);
  const folder = join(tempFolder(), 'data');
  const context = { folder, clock, log: silentLogger, say: () => undefined };
  let breaks = 0;
  for (let nth = 1; ; nth += 1) {
    const kept = damageCopy(whole, folder, all);
    const before = filesIn(join(folder, 'journal'));
    const { disk, isReached } = failingFrom(nth);
    const code = await repair(context, true, disk).catch(() => 'broken off');
    if (!isReached()) break;
    expect(code).toBe('broken off');
    breaks += 1;
    expectNothingLost(folder, before);
    expect((await run('repair', folder, clock)).code).toBe(0);
    expectNothingLost(folder, before);
    await expectToGoOn(folder, kept, clock);
  }
  expect(breaks).toBeGreaterThan(6);
});

test('a journal that has vanished is told, and begun again with consent', async () => {
  const folder = tempFolder();
  const clock = new ManualClock();
  await writeWhole(folder, clock);
  rmSync(join(folder, 'journal'), { recursive: true });
  expect(await run('verify', folder, clock)).toMatchObject({
    code: 1,
    said: expect.stringContaining('journal: MISSING'),
  });
  const said: string[] = [];
  const context = { folder, clock, log: silentLogger, say: (line: string) => said.push(line) };
  expect(await repair(context, false)).toBe(1);
  expect(said.join('\n')).toContain('Nothing was changed');
  expect(readdirSync(folder)).not.toContain('journal');
  expect((await run('repair', folder, clock)).code).toBe(0);
  await expectToGoOn(folder, 0, clock);
});

test('a file that is named for a later record than it holds is named anew', async () => {
  const folder = tempFolder();
  const clock = new ManualClock();
  await writeWhole(folder, clock);
  const journal = join(folder, 'journal');
  const last = readdirSync(journal).sort().at(-1) ?? '';
  renameSync(join(journal, last), join(journal, '000000000014.jsonl'));
  expect((await run('repair', folder, clock)).said).toMatch(/^nothing to repair/);
  await expectToGoOn(folder, 12, clock);
  expect(readdirSync(journal).sort()[3]).toBe(last);
});

test('a last file without records that is named for a later one is refused', async () => {
  const folder = tempFolder();
  const clock = new ManualClock();
  await writeWhole(folder, clock);
  writeFileSync(join(folder, 'journal/000000000099.jsonl'), '0123');
  await expect(startAt(folder, clock)).rejects.toThrow(
    'damaged in 000000000099.jsonl, line 1 at byte 0: ' +
      'expected record 13, the file is named for 99',
  );
});

test('what an earlier repair has set aside stays when the clock says the same', async () => {
  const folder = tempFolder();
  const clock = new ManualClock();
  await writeWhole(folder, clock);
  const second = join(folder, 'journal', readdirSync(join(folder, 'journal')).sort()[1] ?? '');
  for (const mangled of ['first', 'second']) {
    const record = readFileSync(second, 'latin1').split('\n')[0] ?? '';
    writeFileSync(second, `${mangled}\n${record}\n`);
    expect((await run('repair', folder, clock)).code).toBe(0);
    writeFileSync(second, `${record}\n`);
  }
  const aside = readdirSync(folder).filter((name) => name.startsWith('journal-damaged-'));
  const kept = aside.sort().map((name) => readFileSync(join(folder, name, '000000000004.jsonl')));
  expect(kept.map((bytes) => bytes.toString().split('\n')[0])).toEqual(['first', 'second']);
});

test('no file is ever made longer by cutting it off', async () => {
  const path = join(tempFolder(), 'file');
  writeFileSync(path, '12345');
  await nodeDisk.truncate(path, 3);
  await expect(nodeDisk.truncate(path, 4)).rejects.toThrow('at most the 3 bytes');
  expect(readFileSync(path, 'utf8')).toBe('123');
});

test('a folder that is not there is no folder to repair', async () => {
  const folder = join(tempFolder(), 'wrong');
  expect(await run('repair', folder, new ManualClock())).toEqual({
    code: 1,
    said: `there is no data folder ${folder}`,
  });
});
