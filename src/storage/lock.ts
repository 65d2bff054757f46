/** One process per data folder. */
import { lock } from 'proper-lockfile';
import { StorageError } from './errors.ts';

/** After `kill -9` a lock is stale for this long; a restart waits for it. */
const STALE_MS = 10_000;
const RETRY_PAUSE_MS = 500;
const RETRIES_PAST_STALE = 24;

/** @throws StorageError when another process keeps the folder. */
export async function lockFolder(
  folder: string,
  onLost: (error: Error) => void,
  retries = RETRIES_PAST_STALE,
): Promise<() => Promise<void>> {
  try {
    const patience = { retries, factor: 1, minTimeout: RETRY_PAUSE_MS, maxTimeout: RETRY_PAUSE_MS };
    return await lock(folder, { stale: STALE_MS, retries: patience, onCompromised: onLost });
  } catch (error) {
    const isHeld = error instanceof Error && 'code' in error && error.code === 'ELOCKED';
    if (!isHeld) throw error;
    throw new StorageError(`the data folder ${folder} is used by another process`);
  }
}
