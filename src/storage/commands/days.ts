import { join } from 'node:path';
import { nodeDisk } from '../disk.ts';
import { isMissing } from '../durable-file.ts';

const DAY_FILE = /^(\d{4}-\d{2}-\d{2})\.jsonl$/;

/** Where the history of one kind lies. */
export function kindFolder(dataFolder: string, kind: string): string {
  return join(dataFolder, 'history', kind);
}

/** The UTC days there is history of, oldest first. */
export async function daysOf(dataFolder: string, kind: string): Promise<string[]> {
  return (await namesIn(kindFolder(dataFolder, kind)))
    .flatMap((name) => DAY_FILE.exec(name)?.[1] ?? [])
    .sort();
}

export async function kindsIn(dataFolder: string): Promise<string[]> {
  return (await namesIn(join(dataFolder, 'history'))).sort();
}

async function namesIn(folder: string): Promise<string[]> {
  return nodeDisk.list(folder).catch((error: unknown) => {
    if (isMissing(error) || isNoFolder(error)) return [];
    throw error;
  });
}

/** A file that somebody put among the folders is not ours to read, and no reason to stop. */
function isNoFolder(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOTDIR';
}
