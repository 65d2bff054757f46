/**
 * Who holds the folder's lock. A process that was killed leaves its lock behind, and a lock alone
 * looks held until it is stale. Where the operating system can prove that the holder is gone, a
 * restart need not wait for that.
 */
import { mkdir, readFile, readlink, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const ownerSchema = z.object({
  /** Pids mean something only within one of these. */
  namespace: z.string(),
  pid: z.number().int().positive(),
  /** When the process started, in clock ticks since boot: a pid may be used again. */
  startTicks: z.string(),
});
type Owner = z.infer<typeof ownerSchema>;

/** Only its owner may read it, like everything in the folder. */
const OWNER_MODE = 0o600;
export const OWNER_FILE = 'lock-owner.json';
const TAKEOVER = 'lock-takeover';

/** Puts on record that this process holds the lock. */
export async function claim(folder: string): Promise<void> {
  const owner = await ownerOf('self');
  if (owner) {
    // Whole or not at all: half an owner proves nobody dead, and the next start would wait.
    const fresh = join(folder, `${OWNER_FILE}.tmp`);
    await writeFile(fresh, JSON.stringify(owner), { mode: OWNER_MODE });
    await rename(fresh, join(folder, OWNER_FILE));
  }
  await rm(join(folder, TAKEOVER), { recursive: true, force: true });
}

/**
 * Removes a lock whose holder is proved to be dead; does nothing when that cannot be proved. One
 * process at a time does this: two that start together must not remove each other's fresh lock.
 */
export async function removeDeadLock(folder: string, lockPath: string): Promise<void> {
  if (!(await isHolderDead(folder))) return;
  const takeover = join(folder, TAKEOVER);
  try {
    await mkdir(takeover);
  } catch {
    return;
  }
  try {
    if (!(await isHolderDead(folder))) return;
    await rmdir(lockPath).catch(() => undefined);
    await rm(join(folder, OWNER_FILE), { force: true });
  } finally {
    await rmdir(takeover).catch(() => undefined);
  }
}

async function isHolderDead(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, OWNER_FILE), 'utf8').catch(() => null);
  const holder = text === null ? null : parse(text);
  const self = await ownerOf('self');
  if (!holder || !self || holder.namespace !== self.namespace) return false;
  const now = await ownerOf(holder.pid);
  return now === null || now.startTicks !== holder.startTicks;
}

function parse(text: string): Owner | null {
  try {
    const parsed = ownerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Null for a process that is gone, and where the system does not tell. */
async function ownerOf(process: number | 'self'): Promise<Owner | null> {
  try {
    const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const pids = await readlink('/proc/self/ns/pid');
    const stat = await readFile(`/proc/${process}/stat`, 'utf8');
    // The name in parentheses may hold spaces; what follows it does not. Start time is field 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    const isGone = state === 'Z' || state === 'X';
    if (isGone || startTicks === undefined) return null;
    return { namespace: `${bootId} ${pids}`, pid: Number(stat.split(' ')[0]), startTicks };
  } catch {
    return null;
  }
}
