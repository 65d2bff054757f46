/** A service in miniature for the shutdown tests; the argument says how its stop behaves. */
import { silentLogger } from '../../src/ops/logger.ts';
import { onShutdown } from '../../src/ops/shutdown.ts';

const kind = process.argv[2];
let stops = 0;
onShutdown(
  async () => {
    stops += 1;
    process.stdout.write(`stopping ${stops}\n`);
    if (kind === 'cannot stop') throw new Error('no');
    const delayMs = kind === 'hangs' ? 60_000 : 100;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    process.stdout.write('stopped\n');
  },
  { timeoutMs: 500, log: silentLogger },
);
setInterval(() => undefined, 1_000);
if (kind === 'fails late') {
  process.on('SIGTERM', () => setTimeout(() => Promise.reject(new Error('late')), 20));
}
if (kind === 'breaks') setTimeout(() => Promise.reject(new Error('lost')), 50);
process.stdout.write('ready\n');
