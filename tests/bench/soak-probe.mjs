/** Loaded into the service before its own code: says every few seconds what it holds. */
import { appendFileSync } from 'node:fs';

const EVERY_MS = 2_000;
const file = process.env['SOAK_PROBE'];

setInterval(() => {
  const { rss, heapUsed, external } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo().length;
  const line = { ms: performance.now(), rss, heapUsed, external, resources };
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
}, EVERY_MS).unref();
