import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { silentLogger } from '../../src/ops/logger.ts';
import { FileJournal, type JournalOptions } from '../../src/storage/journal.ts';
import { ManualClock } from '../support/manual-clock.ts';

export function openJournal(
  folder: string,
  options: Partial<JournalOptions> = {},
): Promise<FileJournal> {
  return FileJournal.open(folder, {
    clock: new ManualClock(),
    log: silentLogger,
    onFatal: () => undefined,
    ...options,
  });
}

/** The path of the one file of a journal with so many records. */
export async function writtenJournal(folder: string, count: number): Promise<string> {
  const journal = await openJournal(folder);
  for (let i = 1; i <= count; i += 1) await journal.append({ type: 'n', body: { i } });
  await journal.close();
  return join(folder, 'journal', readdirSync(join(folder, 'journal'))[0] ?? '');
}

export async function bodiesOf(journal: FileJournal): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const records of journal.replay()) {
    for (const { body } of records) found.push(body);
  }
  return found;
}
