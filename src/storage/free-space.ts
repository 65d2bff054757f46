import { statfs } from 'node:fs/promises';

/** Bytes that this process may still write to the file system of the folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
