/**
 * Loaded before every test file: whatever the service writes during a test, to the terminal, the
 * log, the journal or a document, must hold no secret. Files that other processes wrote are
 * looked through when their folder is removed, see `temp-folder.ts`.
 */
import fs from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { afterEach, expect } from 'vitest';
import { canariesIn } from './canaries.ts';

/** For tests of this watch itself: what was found is taken away, and nothing fails. */
export function takeFound(): string[] {
  return found.splice(0);
}

const found: string[] = [];

function look(where: string, data: unknown): void {
  const isBytes = data instanceof Uint8Array;
  if (typeof data !== 'string' && !isBytes) return;
  const text = isBytes ? Buffer.from(data).toString('latin1') : data;
  for (const canary of canariesIn(text)) found.push(`${where}: ${canary}`);
}

function watch<K extends string>(
  target: Record<K, (...args: never[]) => unknown>,
  method: K,
  dataAt: number,
  where: string,
): void {
  const own = target[method];
  target[method] = function watched(this: unknown, ...args: never[]) {
    look(where, args[dataAt]);
    return Reflect.apply(own, this, args);
  };
}

// The log writes through this one, storage through the handles' methods.
watch(fs as never, 'writeSync', 1, 'a line of the log');
watch(process.stdout as never, 'write', 0, 'standard output');
watch(process.stderr as never, 'write', 0, 'standard error');
const handle = await open('/dev/null', 'r');
const files = Object.getPrototypeOf(handle) as FileHandle;
await handle.close();
watch(files as never, 'appendFile', 0, 'a file');
watch(files as never, 'writeFile', 0, 'a file');

afterEach(() => {
  expect(takeFound(), 'secrets written during this test').toEqual([]);
});
