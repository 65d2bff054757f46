import {
  constants,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../src/core/time.ts';
import { type Disk, nodeDisk } from '../../src/storage/disk.ts';
import { verifyJournal } from '../../src/storage/verify.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { bodiesOf, openJournal, writtenJournal } from './journals.ts';

/** The kernel's own word on how this process holds a file open. */
function writesAreSynchronous(path: string): boolean {
  const held = readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === path;
    } catch {
      return false;
    }
  });
  return held.some((fd) => {
    const flags = /flags:\s+(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
    return (Number.parseInt(flags ?? '0', 8) & constants.O_DSYNC) !== 0;
  });
}

describe('the journal', () => {
  test('gives back what was appended, in order, over a restart', async () => {
    const folder = tempFolder();
    await writtenJournal(folder, 3);
    const again = await openJournal(folder);
    const receipt = await again.append({ type: 'n', body: { i: 4 } });
    expect(receipt.seq).toBe(4);
    expect(await bodiesOf(again)).toEqual([{ i: 1 }, { i: 2 }, { i: 3 }, { i: 4 }]);
    await again.close();
  });

  test('shares one sync among appends made during another and keeps their order', async () => {
    const journal = await openJournal(tempFolder());
    const receipts = await Promise.all(
      Array.from({ length: 500 }, (_, i) => journal.append({ type: 'n', body: { i } })),
    );
    expect(receipts.map(({ seq }) => seq)).toEqual(receipts.map((_, i) => i + 1));
    // The first begins at once, the others wait for it together.
    expect(journal.syncs).toBe(2);
    expect(await bodiesOf(journal)).toEqual(receipts.map((_, i) => ({ i })));
    await journal.close();
  });

  test.runIf(process.platform === 'linux')('is written to by synchronous writes', async () => {
    const folder = tempFolder();
    const clock = new ManualClock();
    const journal = await openJournal(folder, { clock });
    await journal.append({ type: 'n', body: 1 });
    expect(writesAreSynchronous(join(folder, 'journal', '000000000001.jsonl'))).toBe(true);
    clock.setWall(clock.now() + DAY_MS);
    await journal.append({ type: 'n', body: 2 });
    expect(writesAreSynchronous(join(folder, 'journal', '000000000002.jsonl'))).toBe(true);
    await journal.close();
  });

  test('the first write of a turn begins in that turn', async () => {
    const begun: number[] = [];
    const disk: Disk = {
      ...nodeDisk,
      async open(path, flags) {
        const file = await nodeDisk.open(path, flags);
        return {
          appendFile: (data) => {
            begun.push(data.length);
            return file.appendFile(data);
          },
          writeFile: (data, encoding) => file.writeFile(data, encoding),
          sync: () => file.sync(),
          datasync: () => file.datasync(),
          read: (...where) => file.read(...where),
          stat: () => file.stat(),
          close: () => file.close(),
        };
      },
    };
    const journal = await openJournal(tempFolder(), { disk });
    const appended = journal.append({ type: 'n', body: 1 });
    expect(begun).toHaveLength(1);
    await appended;
    await journal.close();
  });

  test('a receipt means that the record is in the file', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 0);
    const journal = await openJournal(folder);
    let acknowledged = 0;
    const appends = Array.from({ length: 50 }, async (_, i) => {
      await new Promise((resolve) => setTimeout(resolve, i % 5));
      const { seq } = await journal.append({ type: 'n', body: i });
      acknowledged = Math.max(acknowledged, seq);
      expect(readFileSync(path, 'utf8').split('\n').length - 1).toBeGreaterThanOrEqual(seq);
    });
    await Promise.all(appends);
    expect(acknowledged).toBe(50);
    await journal.close();
  });

  test('starts a new file each day, and the chain goes through', async () => {
    const folder = tempFolder();
    const clock = new ManualClock();
    const journal = await openJournal(folder, { clock });
    await journal.append({ type: 'n', body: 1 });
    clock.setWall(clock.now() + DAY_MS);
    await journal.append({ type: 'n', body: 2 });
    await journal.close();
    expect(readdirSync(join(folder, 'journal'))).toEqual([
      '000000000001.jsonl',
      '000000000002.jsonl',
    ]);
    const again = await openJournal(folder, { clock });
    await again.append({ type: 'n', body: 3 });
    expect(await bodiesOf(again)).toEqual([1, 2, 3]);
    await again.close();
    expect(readdirSync(join(folder, 'journal'))).toHaveLength(2);
  });

  test('goes on in an empty file, whatever day the record before it is of', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 2);
    writeFileSync(join(dirname(path), '000000000003.jsonl'), '');
    const clock = new ManualClock();
    clock.setWall(clock.now() + DAY_MS);
    const journal = await openJournal(folder, { clock });
    for (const i of [3, 4]) await journal.append({ type: 'n', body: { i } });
    await journal.close();
    expect(readdirSync(dirname(path))).toHaveLength(2);
  });

  test('starts a new file when one is full', async () => {
    const folder = tempFolder();
    const journal = await openJournal(folder);
    const body = 'x'.repeat(60_000);
    await Promise.all(Array.from({ length: 300 }, () => journal.append({ type: 'n', body })));
    await journal.close();
    const files = readdirSync(join(folder, 'journal'));
    expect(files).toHaveLength(2);
    const sizes = files.map((name) => statSync(join(folder, 'journal', name)).size);
    expect(Math.max(...sizes)).toBeLessThan(18 * 1024 * 1024);
    expect((await verifyJournal(folder)).records).toBe(300);
  });

  test('replay leaves out what is appended while it runs', async () => {
    const journal = await openJournal(tempFolder());
    for (let i = 1; i <= 3; i += 1) await journal.append({ type: 'n', body: i });
    const replayed: unknown[] = [];
    const appending: Promise<unknown>[] = [];
    for await (const records of journal.replay()) {
      replayed.push(...records.map(({ body }) => body));
      appending.push(journal.append({ type: 'n', body: 'later' }));
      await appending.at(-1);
    }
    expect(replayed).toEqual([1, 2, 3]);
    await journal.close();
  });

  test('replay refuses to pass over a record that is damaged meanwhile', async () => {
    const folder = tempFolder();
    const path = await writtenJournal(folder, 3);
    const journal = await openJournal(folder);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"i":2', '"i":7'));
    await expect(bodiesOf(journal)).rejects.toThrow('expected record 2');
    await journal.close();
  });

  test('a record too large is refused and the next one still follows', async () => {
    const folder = tempFolder();
    const journal = await openJournal(folder);
    const huge = journal.append({ type: 'n', body: 'x'.repeat(70_000) });
    await expect(huge).rejects.toThrow('at most 65536 bytes');
    await journal.append({ type: 'n', body: 1 });
    await journal.close();
    const again = await openJournal(folder);
    expect(await bodiesOf(again)).toEqual([1]);
    await again.close();
  });

  test('lets only so many records wait for the disk', async () => {
    const journal = await openJournal(tempFolder());
    // The first does not wait: it is being written.
    const appends = Array.from({ length: 10_002 }, (_, i) =>
      journal.append({ type: 'n', body: i }),
    );
    const ends = await Promise.allSettled(appends);
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect((await journal.append({ type: 'n', body: 'next' })).seq).toBe(10_002);
    await journal.close();
  });

  test('closing finishes what was appended before and refuses what comes after', async () => {
    const folder = tempFolder();
    const journal = await openJournal(folder);
    const before = [1, 2].map((body) => journal.append({ type: 'n', body }));
    const closing = journal.close();
    const after = journal.append({ type: 'n', body: 3 });
    await expect(after).rejects.toThrow('the journal is closed');
    await closing;
    await Promise.all(before);
    expect((await verifyJournal(folder)).records).toBe(2);
  });
});
