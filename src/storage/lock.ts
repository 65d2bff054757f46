/** One process per data folder. */
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { StorageError } from './errors.ts';
import { claim, removeDeadLock } from './lock-owner.ts';

/** A lock whose holder cannot be proved dead is stale only after this long; a start waits. */
const STALE_MS = 10_000;
const RETRY_PAUSE_MS = 500;
const RETRIES_PAST_STALE = 24;

/**
 * The lock lies inside the folder: in a container the folder may be all that can be written.
 * @throws StorageError when another process keeps the folder.
 */
export async function lockFolder(
  folder: string,
  onLost: (error: Error) => void,
  retries = RETRIES_PAST_STALE,
): Promise<() => Promise<void>> {
  const patience = { retries, factor: 1, minTimeout: RETRY_PAUSE_MS, maxTimeout: RETRY_PAUSE_MS };
  const lockfilePath = join(folder, 'lock');
  let isLost = false;
  try {
    await removeDeadLock(folder, lockfilePath);
    const unlock = await lock(folder, {
      lockfilePath,
      stale: STALE_MS,
      retries: patience,
      onCompromised(error) {
        isLost = true;
        onLost(error);
      },
    });
    await claim(folder);
    // A lock that was lost belongs to somebody else.
    return async () => (isLost ? undefined : unlock());
  } catch (error) {
    const isHeld = error instanceof Error && 'code' in error && error.code === 'ELOCKED';
    if (!isHeld) throw error;
    throw new StorageError(`the data folder ${folder} is used by another process`);
  }
}
