/** Whatever the system answers, at whatever step: the journal ends, and keeps what it promised. */
import { expect, test } from 'vitest';
import { type Disk, type DiskFile, nodeDisk } from '../../src/storage/disk.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { bodiesOf, openJournal } from './journals.ts';

const CODES = ['EIO', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EMFILE', 'ENFILE', 'ESTALE'];
/** What an append asks of the disk, within a file and when a day begins another one. */
const STEPS = [
  'append',
  'open',
  'sync the file',
  'sync the folder',
  'append to the new file',
] as const;
type Step = (typeof STEPS)[number];

const DAY_MS = 86_400_000;
const cases = STEPS.flatMap((step) => CODES.map((code) => [code, step] as const));

/** The machine's own disk until it is told to fail. */
class FailingDisk {
  step: Step | null = null;
  failures = 0;
  readonly #code: string;

  constructor(code: string) {
    this.#code = code;
  }

  readonly disk: Disk = {
    ...nodeDisk,
    open: async (path, flags) => {
      this.#fail('open');
      return this.#watched(await nodeDisk.open(path, flags), this.step !== null);
    },
    syncFolder: async (path) => {
      this.#fail('sync the folder');
      await nodeDisk.syncFolder(path);
    },
  };

  #watched(file: DiskFile, isNew: boolean): DiskFile {
    return {
      appendFile: async (data) => {
        this.#fail(isNew ? 'append to the new file' : 'append');
        await file.appendFile(data);
      },
      writeFile: (data, encoding) => file.writeFile(data, encoding),
      sync: async () => {
        this.#fail('sync the file');
        await file.sync();
      },
      datasync: () => file.datasync(),
      read: (...where) => file.read(...where),
      stat: () => file.stat(),
      close: () => file.close(),
    };
  }

  #fail(step: Step): void {
    if (step !== this.step) return;
    this.failures += 1;
    throw Object.assign(new Error(`${this.#code}: at ${step}`), { code: this.#code });
  }
}

test.each(cases)('%s at: %s', async (code, step) => {
  const folder = tempFolder();
  const clock = new ManualClock();
  const failing = new FailingDisk(code);
  const fatal: Error[] = [];
  const onFatal = (error: Error) => void fatal.push(error);
  const journal = await openJournal(folder, { clock, disk: failing.disk, onFatal });
  await journal.append({ type: 'n', body: 1 });
  failing.step = step;
  if (step !== 'append') await clock.advance(DAY_MS);
  const appends = [2, 3].map((body) => journal.append({ type: 'n', body }));
  const ends = await Promise.allSettled(appends);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(journal.append({ type: 'n', body: 4 })).rejects.toThrow(`${code}: at ${step}`);
  expect(fatal.map(({ message }) => message)).toEqual([
    `the journal cannot be written: ${code}: at ${step}`,
  ]);
  // What failed is not asked for a second time.
  expect(failing.failures).toBe(1);
  await journal.close();
  const again = await openJournal(folder, { clock });
  expect(await bodiesOf(again)).toEqual([1]);
  await again.append({ type: 'n', body: 5 });
  expect(await bodiesOf(again)).toEqual([1, 5]);
  await again.close();
});
