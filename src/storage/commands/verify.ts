import { join } from 'node:path';
import { nodeDisk } from '../disk.ts';
import { previousOf } from '../durable-file.ts';
import { verifyJournal } from '../verify.ts';
import type { CommandContext } from './index.ts';

/** Reads journal and documents as a start would, and changes nothing. */
export async function verify({ folder, say }: CommandContext): Promise<number> {
  if (!(await nodeDisk.exists(folder))) {
    say(`there is no data folder ${folder}`);
    return 1;
  }
  const { records, lastAt, tornBytes, corruption, path } = await verifyJournal(folder);
  if (corruption) {
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
  return corruption || damaged.length > 0 ? 1 : 0;
}

/** A document is lost only when the version before it is damaged as well. */
async function damagedDocuments(folder: string): Promise<string[]> {
  const names = (await nodeDisk.list(folder)).filter((name) => name.endsWith('.json')).sort();
  const damaged: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const isWhole = (await isJson(path)) || (await isJson(previousOf(path)));
    if (!isWhole) damaged.push(name);
  }
  return damaged;
}

async function isJson(path: string): Promise<boolean> {
  try {
    JSON.parse(await nodeDisk.readText(path));
    return true;
  } catch {
    return false;
  }
}
