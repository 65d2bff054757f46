import { expect, onTestFinished, test } from 'vitest';
import { startApp } from '../../src/app.ts';
import { demoConfig } from '../../src/config/demo.ts';
import type { Config } from '../../src/config/schema.ts';
import { Secret } from '../../src/core/secret.ts';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { startExchange } from '../../src/sim/exchange/index.ts';
import { DEMO_API_KEY, DEMO_API_SECRET } from '../../src/sim/index.ts';
import { tempFolder } from '../support/temp-folder.ts';

const FREE_PORTS = { DEMO_CHAT_PORT: '0', DEMO_EXCHANGE_PORT: '0', DEMO_SCENARIO: 'calm' };

/** What the terminal is told while the service starts and stops. */
async function said(config: Config): Promise<string> {
  const lines: string[] = [];
  const app = await startApp({
    ...{ config, version: 'test', pinnedDryRun: true },
    say: (line) => lines.push(line),
    onFatal: (error) => {
      throw error;
    },
  });
  await app.stop('end of test');
  return lines.join('\n');
}

test('a chat page without passwords before a real exchange is warned of', async () => {
  const [clock, log] = [systemClock, silentLogger];
  const market = { seed: 1, scenario: 'calm', speed: 1, pace: 1, positions: 3 } as const;
  const exchange = await startExchange({ ...market, port: 0, clock, log });
  onTestFinished(() => exchange.close());
  const demo = demoConfig({ ...FREE_PORTS, DEMO_POSITIONS: '3' }, tempFolder());
  const bitfinex = {
    api_key: new Secret(DEMO_API_KEY),
    api_secret: new Secret(DEMO_API_SECRET),
    rest_url: exchange.url,
    public_rest_url: exchange.url,
    ws_url: exchange.wsUrl,
    public_ws_url: exchange.wsUrl,
    settle_currency: 'USTF0',
  };
  expect(await said({ ...demo, exchange: 'bitfinex', bitfinex })).toContain(
    'WARNING: chat: local asks for no password',
  );
  expect(await said(demo)).toBe('');
}, 40_000);
