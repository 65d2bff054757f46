import { basename, join } from 'node:path';
import { nodeDisk } from '../disk.ts';
import { journalFolder, listSegments } from '../segments.ts';
import { corruptJournal, verifyJournal } from '../verify.ts';
import type { CommandContext } from './index.ts';

/**
 * Keeps the records before the damage and sets everything behind it aside, in a folder of its own:
 * what was decided after that moment is no longer known to the service, only to the exchange. It
 * asks there at the next start. Without consent it only says what would be lost.
 * @throws StorageError when the service is running.
 */
export async function repair(context: CommandContext, isAgreed: boolean): Promise<number> {
  const { folder, say } = context;
  const unlock = await nodeDisk.lock(folder, () => undefined);
  try {
    const report = await verifyJournal(folder);
    if (!report.corruption) {
      say('nothing to repair: the journal is whole, a torn end is cut off at the next start');
      return 0;
    }
    say(corruptJournal(report.corruption).message);
    say(`${report.records} records would be kept; nothing behind the damage would be.`);
    if (!isAgreed) {
      say('Nothing was changed. Take a copy of the folder, then repeat with --yes.');
      return 1;
    }
    const aside = await setAside(context, report.path ?? '', report.validBytes);
    say(`repaired: ${report.records} records kept, the damaged files are in ${aside}`);
    return 0;
  } finally {
    await unlock();
  }
}

/** The damaged file is copied before it is cut; the files behind it are moved. */
async function setAside(
  { folder, clock }: CommandContext,
  path: string,
  validBytes: number,
): Promise<string> {
  const journal = journalFolder(folder);
  const aside = join(folder, `journal-damaged-${clock.now()}`);
  await nodeDisk.makeFolder(aside);
  const segments = await listSegments(journal);
  const damaged = segments.indexOf(path);
  for (const segment of segments.slice(damaged + 1)) {
    await nodeDisk.rename(segment, join(aside, basename(segment)));
  }
  await copy(path, join(aside, basename(path)));
  await nodeDisk.truncate(path, validBytes);
  const handle = await nodeDisk.open(path, 'a');
  await handle.sync();
  await handle.close();
  for (const changed of [aside, journal, folder]) await nodeDisk.syncFolder(changed);
  return aside;
}

async function copy(from: string, to: string): Promise<void> {
  const source = await nodeDisk.open(from, 'r');
  const target = await nodeDisk.open(to, 'ax');
  const chunk = Buffer.alloc(256 * 1024);
  for (;;) {
    const { bytesRead } = await source.read(chunk, 0, chunk.length, null);
    if (bytesRead === 0) break;
    await target.appendFile(chunk.subarray(0, bytesRead));
  }
  await target.sync();
  await Promise.all([source.close(), target.close()]);
}
