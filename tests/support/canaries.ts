/** Secrets that tests hand to the service. Wherever one of them turns up, something told it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const CANARIES: readonly string[] = [
  // The bot's token and the key's secret of the demo, of the bot's rig, of the client's rig.
  'DEMO-TOKEN-OF-THE-LOCAL-CHAT',
  'demo-secret',
  'AAHcanary0123456789',
  'AAH0123456789abcdefghijklmnopqrstuv',
  'canary-secret-0815',
  'CANARY',
];

/** Written by the tests themselves for the service to read; and sources that tsx has translated. */
const GIVEN = /^config[\w-]*\.ya?ml$|^tsx-\d+$/;
const BYTES_MAX = 64 * 1024 * 1024;

/** Canaries in a text, each once. */
export function canariesIn(text: string): string[] {
  return CANARIES.filter((canary) => text.includes(canary));
}

/** `file: canary` for each file below a folder that holds one. */
export function canariesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (GIVEN.test(entry.name)) return [];
    if (entry.isDirectory()) return canariesBelow(path);
    if (!entry.isFile() || statSync(path).size > BYTES_MAX) return [];
    return canariesIn(readFileSync(path, 'latin1')).map((canary) => `${entry.name}: ${canary}`);
  });
}
