/**
 * Replaces a file so that a power cut leaves the old or the new content, never a mixture: write a
 * temporary file, fsync it, rename it, fsync the folder. `FileHandle.writeFile` loops over short
 * writes, so a full disk fails here and leaves the old file whole.
 */
import { dirname } from 'node:path';
import { type Disk, nodeDisk } from './disk.ts';

/** Where a version that was replaced is kept. */
export function previousOf(path: string): string {
  return `${path}.1`;
}

/**
 * With `keepPrevious` the old content becomes `.1`. A cut between the two renames leaves no file
 * but a whole `.1`: readers take that for the content before the write, which it is.
 * @throws the file system's error; the old content is then still in place, or in `.1`.
 */
export async function replaceFile(
  path: string,
  content: string,
  { keepPrevious = false, disk = nodeDisk }: { keepPrevious?: boolean; disk?: Disk } = {},
): Promise<void> {
  const temporary = `${path}.tmp`;
  const handle = await disk.open(temporary, 'w');
  try {
    await handle.writeFile(content, 'utf8');
    await handle.sync();
  } catch (error) {
    await handle.close();
    await disk.remove(temporary);
    throw error;
  }
  await handle.close();
  if (keepPrevious) await disk.rename(path, previousOf(path)).catch(unlessMissing);
  await disk.rename(temporary, path);
  await disk.syncFolder(dirname(path));
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** For `catch`: a file that is not there is no failure. */
export function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}
