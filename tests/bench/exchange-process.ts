/**
 * The simulated exchange alone: arguments are positions, frames a second, how many times the
 * documented limits are admitted, and the account's leverage. Each frame of a public channel ends
 * with the moment it was sent, in microseconds of the clock that all processes here share.
 */
import { WebSocket } from 'ws';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { startExchange } from '../../src/sim/exchange/index.ts';

const [positions = '200', framesPerSecond = '2000', limitFactor = '1', leverage = '9'] =
  process.argv.slice(2);

const send = WebSocket.prototype.send as (this: WebSocket, data: string) => void;
WebSocket.prototype.send = function (this: WebSocket, data: string) {
  const isPublic = data.startsWith('[') && !data.startsWith('[0,');
  const micros = process.hrtime.bigint() / 1_000n;
  send.call(this, isPublic ? `${data.slice(0, -1)},${micros}]` : data);
} as typeof WebSocket.prototype.send;

const exchange = await startExchange({
  port: 0,
  seed: 1,
  scenario: 'calm',
  speed: 1,
  positions: Number(positions),
  framesPerSecond: Number(framesPerSecond),
  limitFactor: Number(limitFactor),
  leverage: Number(leverage),
  clock: systemClock,
  log: silentLogger,
});
process.stdout.write(`${JSON.stringify({ url: exchange.url, wsUrl: exchange.wsUrl })}\n`);
process.once('SIGTERM', () => {
  void exchange.close().finally(() => process.exit(0));
});
