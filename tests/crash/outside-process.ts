/**
 * What outlives the service: the simulated exchange and the chat, in a process of their own. The
 * arguments are a seed, the number of positions and the market's speed.
 */
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { startExchange } from '../../src/sim/exchange/index.ts';
import { DEMO_BOT_TOKEN } from '../../src/sim/index.ts';
import { startTelegram } from '../../src/sim/telegram/index.ts';

/** A service that starts twenty times a minute asks more than the documented limits admit. */
const LIMIT_FACTOR = 100;

const [seed = '1', positions = '12', speed = '60'] = process.argv.slice(2);
const common = { clock: systemClock, log: silentLogger };
const exchange = await startExchange({
  ...common,
  port: 0,
  seed: Number(seed),
  scenario: 'whipsaw',
  speed: Number(speed),
  positions: Number(positions),
  limitFactor: LIMIT_FACTOR,
});
const chat = await startTelegram({ ...common, port: 0, botToken: DEMO_BOT_TOKEN });
const { url, wsUrl } = exchange;
process.stdout.write(`${JSON.stringify({ url, wsUrl, chatUrl: chat.apiRoot })}\n`);
process.once('SIGTERM', () => {
  void Promise.all([chat.close(), exchange.close()]).finally(() => process.exit(0));
});
