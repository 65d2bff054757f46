import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { openStorage } from '../../src/storage/index.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startChild } from './child.ts';

const options = { clock: systemClock, log: silentLogger, onFatal: () => undefined };

describe('a second process', () => {
  test('is refused in clear words while the first one lives', async () => {
    const folder = tempFolder();
    const storage = await openStorage(folder, options);
    const run = startChild('journal-child.ts', [folder]);
    await run.ended;
    expect(run.lines()).toEqual([`refused the data folder ${folder} is used by another process`]);
    await storage.close();
  }, 40_000);
});
