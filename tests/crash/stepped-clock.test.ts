/** The machine's clock is stepped under the running service, while the exchange keeps its own. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { until } from '../e2e/rig.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { getJson } from './http.ts';
import { JournalReader } from './journal-reader.ts';
import { startOutside } from './outside.ts';
import { Service, writeConfig } from './service.ts';

const MAIN = 'src/main.ts';
/** At each signal two hours back, or right again. */
const STEPPED = [
  'let by = 0; const now = Date.now; Date.now = () => now() + by;',
  "process.on('SIGUSR2', () => { by = by === 0 ? -7_200_000 : 0; });",
].join(' ');
const messages = z.array(z.object({ from: z.string(), text: z.string().nullish() }));

test('a clock stepped back halts all writes; once right, they go on with rising ids', async () => {
  const folder = tempFolder();
  const data = join(folder, 'data');
  const outside = await startOutside(3, 8);
  onTestFinished(() => outside.stop());
  const config = writeConfig(folder, outside, data);
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(STEPPED)}`];
  const service = new Service({ main: MAIN, config, flags });
  onTestFinished(() => void service.child.kill('SIGKILL'));
  await service.ready;
  const writes = async () => (await outside.writesSince(0)).length;
  const heard = async (pattern: RegExp) => {
    const all = messages.parse(await getJson(`${outside.chatUrl}/api/messages?user=owner`));
    return all.some(({ from, text }) => from === 'bot' && pattern.test(text ?? ''));
  };
  await until('the first moves', async () => (await writes()) > 0 || undefined);

  service.child.kill('SIGUSR2');
  await until('the halt', async () => (await heard(/too far apart/)) || undefined);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const before = await writes();
  await outside.shock('*', -2, 0);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await writes()).toBe(before);

  service.child.kill('SIGUSR2');
  await until('moves again', async () => (await writes()) > before || undefined);
  expect((await service.kill('SIGTERM')).code).toBe(0);
  const { entries, tornBytes } = new JournalReader(data).read();
  const cids = entries.flatMap(({ type, body }) =>
    type === 'intent' ? [z.object({ cid: z.number() }).parse(body).cid] : [],
  );
  expect(tornBytes).toBe(0);
  expect(cids.length).toBeGreaterThan(1);
  expect(cids).toEqual([...new Set(cids)].sort((a, b) => a - b));
}, 90_000);
