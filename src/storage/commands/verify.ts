import { join } from 'node:path';
import type { HistoryKind } from '../../ports/store.ts';
import { nodeDisk } from '../disk.ts';
import { previousOf } from '../durable-file.ts';
import { FileHistory } from '../history.ts';
import { OWNER_FILE } from '../lock-owner.ts';
import { isJournalVanished } from '../marker.ts';
import { verifyJournal } from '../verify.ts';
import { daysOf, kindsIn } from './days.ts';
import type { CommandContext } from './index.ts';

/** Reads journal, documents and history as the service would, and changes nothing. */
export async function verify(context: CommandContext): Promise<number> {
  const { folder, say } = context;
  if (!(await nodeDisk.exists(folder))) {
    say(`there is no data folder ${folder}`);
    return 1;
  }
  const { records, lastAt, tornBytes, corruption, path } = await verifyJournal(folder);
  const isVanished = await isJournalVanished(folder);
  if (isVanished) {
    say('journal: MISSING, though the folder was in use; see "data repair"');
  } else if (corruption) {
    const { file, line, offset, reason } = corruption;
    say(`journal: DAMAGED in ${file}, line ${line} at byte ${offset}: ${reason}`);
    say(`journal: ${records} records before it are whole; see "data repair"`);
  } else {
    const until = lastAt === null ? '' : `, the last of ${new Date(lastAt).toISOString()}`;
    say(path === null ? 'journal: none' : `journal: ${records} records, all whole${until}`);
    if (tornBytes > 0) say(`journal: ${tornBytes} bytes of a torn end, cut off at the next start`);
  }
  const damaged = await damagedDocuments(folder);
  for (const name of damaged) say(`document ${name}: DAMAGED, and so is the one before`);
  if (damaged.length === 0) say('documents: all whole');
  await verifyHistory(context);
  return isVanished || corruption || damaged.length > 0 ? 1 : 0;
}

/**
 * A line that a crash tore stays in its file for good, and every reader leaves it out. Nothing is
 * decided from history, so this is told and is no damage.
 */
async function verifyHistory({ folder, log, say }: CommandContext): Promise<void> {
  const history = new FileHistory(folder, log);
  let records = 0;
  for (const kind of await kindsIn(folder)) {
    for (const day of await daysOf(folder, kind)) {
      const before = history.skippedLines;
      records += (await history.day(kind as HistoryKind, day)).length;
      const skipped = history.skippedLines - before;
      if (skipped > 0)
        say(`history: ${skipped} unreadable line(s) in ${kind}/${day}.jsonl left out`);
    }
  }
  say(`history: ${records} records${history.skippedLines === 0 ? ', all readable' : ' readable'}`);
}

/** A document is lost only when the version before it is damaged as well. */
async function damagedDocuments(folder: string): Promise<string[]> {
  const found = await nodeDisk.list(folder);
  // Of a document there may be the version before it alone.
  const names = [...new Set(found.map((name) => name.replace(/\.json\.1$/, '.json')))]
    .filter(isDocument)
    .sort();
  const damaged: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const isWhole = (await isJson(path)) || (await isJson(previousOf(path)));
    if (!isWhole) damaged.push(name);
  }
  return damaged;
}

/** Who holds the lock is written anew by every start, and half of it hinders none. */
function isDocument(name: string): boolean {
  return name.endsWith('.json') && name !== OWNER_FILE;
}

async function isJson(path: string): Promise<boolean> {
  try {
    JSON.parse(await nodeDisk.readText(path));
    return true;
  } catch {
    return false;
  }
}
