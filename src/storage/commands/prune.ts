import { join } from 'node:path';
import { DAY_MS, utcDay } from '../../core/time.ts';
import { nodeDisk } from '../disk.ts';
import { daysOf, kindFolder, kindsIn } from './days.ts';
import type { CommandContext } from './index.ts';

/**
 * Drops days of history that are older than asked for. The journal stays whole: every start reads
 * it from its first record. Works beside a running service, which only appends to today.
 */
export async function prune(context: CommandContext, keepDays: number): Promise<number> {
  const { folder, clock, say } = context;
  const oldestKept = utcDay(clock.now() - keepDays * DAY_MS);
  let dropped = 0;
  for (const kind of await kindsIn(folder)) {
    const old = (await daysOf(folder, kind)).filter((day) => day < oldestKept);
    for (const day of old) await nodeDisk.remove(join(kindFolder(folder, kind), `${day}.jsonl`));
    if (old.length > 0) await nodeDisk.syncFolder(kindFolder(folder, kind));
    dropped += old.length;
  }
  say(`${dropped} files of history before ${oldestKept} dropped`);
  return 0;
}
