/** A start reads the whole journal: what that costs must not grow faster than the journal. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Recovery } from '../../src/engine/recovery.ts';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { openStorage } from '../../src/storage/index.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { writeLargeJournal } from './large-journal.ts';

const RECORDS = 100_000;
/** Of processor time, so that a busy machine matters less; two thirds of one are usual. */
const CPU_SECONDS_MAX = 3;

async function cpuSecondsOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe(`a journal of ${RECORDS} records`, () => {
  test('is verified and read back within seconds, with everything in it', async () => {
    const folder = join(tempFolder(), 'data');
    await writeLargeJournal(folder, RECORDS);
    const seconds = await cpuSecondsOf(async () => {
      const recovery = new Recovery();
      const storage = await openStorage(folder, {
        ...{ clock: systemClock, log: silentLogger, onFatal: () => undefined },
        onRecords: (records) => recovery.take(records),
      });
      const recovered = recovery.end();
      expect(recovered.records).toBe(RECORDS);
      expect(recovered.openIntents).toEqual([]);
      expect(recovered.overrides.get('allocation.reserve_usdt')?.value).toBe(99);
      await storage.close();
    });
    expect(seconds).toBeLessThan(CPU_SECONDS_MAX);
  }, 60_000);
});
