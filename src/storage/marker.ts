/** The file that says that a data folder was in use: then it has a journal. */
import { join } from 'node:path';
import { type Disk, nodeDisk } from './disk.ts';
import { journalFolder, listSegments } from './segments.ts';

const MARKER = 'initialised';

/** True when a folder was in use and has no journal any more: something deleted it. */
export async function isJournalVanished(folder: string, disk: Disk = nodeDisk): Promise<boolean> {
  if (!(await disk.exists(join(folder, MARKER)))) return false;
  return (await listSegments(journalFolder(folder), disk)).length === 0;
}

export async function markInitialised(folder: string, disk: Disk): Promise<void> {
  await (await disk.open(join(folder, MARKER), 'a')).close();
  await disk.syncFolder(folder);
}
