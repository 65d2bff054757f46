/** The simulated exchange alone: arguments are positions and frames a second. */
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { startExchange } from '../../src/sim/exchange/index.ts';

const [positions = '200', framesPerSecond = '2000'] = process.argv.slice(2);
const exchange = await startExchange({
  port: 0,
  seed: 1,
  scenario: 'calm',
  speed: 1,
  positions: Number(positions),
  framesPerSecond: Number(framesPerSecond),
  clock: systemClock,
  log: silentLogger,
});
process.stdout.write(`${JSON.stringify({ url: exchange.url, wsUrl: exchange.wsUrl })}\n`);
process.once('SIGTERM', () => {
  void exchange.close().finally(() => process.exit(0));
});
