import { basename, join } from 'node:path';
import { type Disk, nodeDisk } from '../disk.ts';
import { isJournalVanished } from '../marker.ts';
import { createSegment, firstSeqNamedBy, journalFolder, listSegments } from '../segments.ts';
import { corruptJournal, type JournalReport, verifyJournal } from '../verify.ts';
import type { CommandContext } from './index.ts';

/**
 * Keeps the records before the damage and sets everything behind it aside, in a folder of its own:
 * what was decided after that moment is no longer known to the service, only to the exchange. It
 * asks there at the next start. Without consent it only says what would be lost. One that was
 * broken off is finished by the next.
 * @throws StorageError when the service is running.
 */
export async function repair(
  context: CommandContext,
  isAgreed: boolean,
  disk: Disk = nodeDisk,
): Promise<number> {
  const { folder, say } = context;
  if (!(await disk.exists(folder))) {
    say(`there is no data folder ${folder}`);
    return 1;
  }
  const unlock = await disk.lock(folder, () => undefined);
  try {
    if (await isJournalVanished(folder, disk)) return await beginAgain(context, isAgreed, disk);
    const report = await verifyJournal(folder, disk);
    const { path, corruption, records } = report;
    if (!corruption || path === null) {
      say('nothing to repair: the journal is whole, a torn end is cut off at the next start');
      return 0;
    }
    say(corruptJournal(corruption).message);
    say(`${records} records would be kept; nothing behind the damage would be.`);
    if (!isAgreed) return refuseWithout(context);
    const aside = await setAside(context, path, report, disk);
    say(`repaired: ${records} records kept, the damaged files are in ${aside}`);
    return 0;
  } finally {
    await unlock();
  }
}

function refuseWithout({ say }: CommandContext): number {
  say('Nothing was changed. Take a copy of the folder, then repeat with --yes.');
  return 1;
}

/** A folder that was in use is not started without a journal, be it an empty one. */
async function beginAgain(context: CommandContext, isAgreed: boolean, disk: Disk): Promise<number> {
  context.say('the journal is missing: 0 records would be kept');
  if (!isAgreed) return refuseWithout(context);
  await createSegment(journalFolder(context.folder), 1, disk);
  context.say('repaired: an empty journal was begun');
  return 0;
}

/**
 * The damaged file is copied before it is cut; the files behind it are moved, and so is a file of
 * which nothing is left and whose name is that of a later record than the next.
 */
async function setAside(
  { folder, clock }: CommandContext,
  path: string,
  { validBytes, records }: JournalReport,
  disk: Disk,
): Promise<string> {
  const journal = journalFolder(folder);
  const aside = await freshFolder(join(folder, `journal-damaged-${clock.now()}`), disk);
  const segments = await listSegments(journal, disk);
  const damaged = segments.indexOf(path);
  const isCut = validBytes > 0 || firstSeqNamedBy(path) === records + 1;
  if (isCut) await copy(path, join(aside, basename(path)), disk);
  // From here on something is changed: by then the copy survives a power cut.
  for (const changed of [aside, folder]) await disk.syncFolder(changed);
  const moved = segments.slice(isCut ? damaged + 1 : damaged);
  // The last first, so that what is broken off half way leaves the damage to be seen.
  for (const segment of moved.reverse()) {
    await disk.rename(segment, join(aside, basename(segment)));
  }
  for (const changed of [aside, journal]) await disk.syncFolder(changed);
  if (isCut) await cut(path, validBytes, disk);
  if (!isCut && damaged === 0) await createSegment(journal, 1, disk);
  return aside;
}

/** What an earlier repair has set aside stays as it is. */
async function freshFolder(wanted: string, disk: Disk): Promise<string> {
  let path = wanted;
  for (let n = 2; await disk.exists(path); n += 1) path = `${wanted}-${n}`;
  await disk.makeFolder(path);
  return path;
}

async function cut(path: string, bytes: number, disk: Disk): Promise<void> {
  await disk.truncate(path, bytes);
  const handle = await disk.open(path, 'a');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function copy(from: string, to: string, disk: Disk): Promise<void> {
  const source = await disk.open(from, 'r');
  try {
    const target = await disk.open(to, 'ax');
    try {
      const chunk = Buffer.alloc(256 * 1024);
      for (;;) {
        const { bytesRead } = await source.read(chunk, 0, chunk.length, null);
        if (bytesRead === 0) break;
        await target.appendFile(chunk.subarray(0, bytesRead));
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
