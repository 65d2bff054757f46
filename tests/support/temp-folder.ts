import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test is; what is still being closed in it may take a moment. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-test-'));
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 } as const;
  onTestFinished(() => rm(folder, options));
  return folder;
}
