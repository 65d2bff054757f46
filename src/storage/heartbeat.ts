/**
 * A sign of life for whoever watches the process from outside, such as a container's health
 * check.
 */
import { join } from 'node:path';
import { nodeDisk } from './disk.ts';
import { replaceFile } from './durable-file.ts';

const NAME = 'heartbeat';

export async function writeHeartbeat(folder: string, at: number): Promise<void> {
  await replaceFile(join(folder, NAME), `${at}\n`);
}

/** True when the last sign of life is younger than the limit. */
export async function isAlive(folder: string, now: number, ageMaxMs: number): Promise<boolean> {
  const text = await nodeDisk.readText(join(folder, NAME)).catch(() => '');
  const at = Number.parseInt(text, 10);
  return Number.isFinite(at) && Math.abs(now - at) <= ageMaxMs;
}
