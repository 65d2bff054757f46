import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { canariesBelow } from './canaries.ts';

/**
 * A folder that is gone when the test is; what is still being closed in it may take a moment.
 * What was written into it must hold no secret.
 */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-test-'));
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 } as const;
  onTestFinished(async () => {
    const found = canariesBelow(folder);
    await rm(folder, options);
    if (found.length > 0) throw new Error(`secrets in files: ${found.join(', ')}`);
  });
  return folder;
}
