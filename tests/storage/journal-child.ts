/** Appends to the journal of a data folder for ever and says which records were acknowledged. */
import { writeSync } from 'node:fs';
import { messageOf } from '../../src/core/errors.ts';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { openStorage } from '../../src/storage/index.ts';

const LANES = 4;
const [folder = '', bodyBytes = '100'] = process.argv.slice(2);
const say = (line: string) => writeSync(1, `${line}\n`);

// Otherwise the lock library ends the process at the first write over the file size limit.
process.on('SIGXFSZ', () => undefined);

const storage = await openStorage(folder, {
  clock: systemClock,
  log: silentLogger,
  onFatal: (error) => say(`fatal ${error.message}`),
}).catch((error: unknown) => {
  say(`refused ${messageOf(error)}`);
  process.exit(1);
});
say('ready');

async function appendForEver(lane: number): Promise<void> {
  const body = { lane, filler: 'x'.repeat(Number(bodyBytes)) };
  for (;;) say(`acknowledged ${(await storage.journal.append({ type: 'n', body })).seq}`);
}

try {
  await Promise.all(Array.from({ length: LANES }, (_, lane) => appendForEver(lane)));
} catch {
  await storage.journal.append({ type: 'n', body: 'later' }).then(
    () => say('later accepted'),
    (error: unknown) => say(`later ${messageOf(error)}`),
  );
  await storage.close();
}
